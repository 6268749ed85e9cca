import type { Registry } from 'prom-client';
import { registerCollected, type Sample } from './collected-metric.js';

/** Messages to clients are counted in pieces of so many bytes, as services that pass them on do. */
const pieceBytes = 2_048;

/** What is counted of one hub. Transports and reasons are names of ours, never what a client sent. */
export class HubMeter {
  readonly open = new Map<string, number>();
  readonly opened = new Map<string, number>();
  readonly closed = new Map<string, number>();
  sentPieces = 0;
  calls = 0;

  connectionOpened(transport: string): void {
    add(this.open, transport, 1);
    add(this.opened, transport, 1);
  }

  connectionClosed(transport: string, reason: string): void {
    add(this.open, transport, -1);
    add(this.closed, reason, 1);
  }

  /** @param bytes length of a message that went to so many clients */
  messageSent(bytes: number, recipients: number): void {
    this.sentPieces += Math.max(1, Math.ceil(bytes / pieceBytes)) * recipients;
  }

  callReceived(): void {
    this.calls++;
  }
}

/** Connections of hubs and what is said on them, by hub. */
export class HubMetrics {
  readonly #hubs = new Map<string, HubMeter>();

  /** The meter of a hub. */
  hub(name: string): HubMeter {
    let meter = this.#hubs.get(name);
    if (!meter) this.#hubs.set(name, (meter = new HubMeter()));
    return meter;
  }

  register(registry: Registry): void {
    const every = (samples: (meter: HubMeter, hub: string) => Sample[]) => [...this.#hubs].flatMap(([hub, meter]) => samples(meter, hub));
    const by = (label: string, counts: (meter: HubMeter) => ReadonlyMap<string, number>) => () =>
      every((meter, hub) => [...counts(meter)].map(([name, value]) => ({ labels: { hub, [label]: name }, value })));
    registerCollected(registry, {
      name: 'portico_hub_connections',
      help: 'Connections that are open now, by transport.',
      type: 'gauge',
      collect: by('transport', ({ open }) => open),
    });
    registerCollected(registry, {
      name: 'portico_hub_connections_opened_total',
      help: 'Connections that were opened, by transport.',
      type: 'counter',
      collect: by('transport', ({ opened }) => opened),
    });
    registerCollected(registry, {
      name: 'portico_hub_connections_closed_total',
      help: 'Connections that have ended, by why they did.',
      type: 'counter',
      collect: by('reason', ({ closed }) => closed),
    });
    registerCollected(registry, {
      name: 'portico_hub_messages_sent_total',
      help: 'Messages to clients, once for each recipient, in pieces of 2 KB.',
      type: 'counter',
      collect: () => every(({ sentPieces }, hub) => [{ labels: { hub }, value: sentPieces }]),
    });
    registerCollected(registry, {
      name: 'portico_hub_calls_total',
      help: 'Calls that clients made of methods, unknown ones among them.',
      type: 'counter',
      collect: () => every(({ calls }, hub) => [{ labels: { hub }, value: calls }]),
    });
  }
}

function add(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

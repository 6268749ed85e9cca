import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { anonymousCaller, systemClock } from '@portico/core';
import type { HubClients } from '../../src/hub/hub-clients.js';
import type { HubConnection } from '../../src/hub/hub-connection.js';
import type { HubMethodDefinition } from '../../src/hub/hub-definition.js';
import { HubError } from '../../src/hub/hub-error.js';
import { HubOptions } from '../../src/hub/hub-options.js';
import { HubServer } from '../../src/hub/hub-server.js';
import { jsonHubProtocol } from '../../src/protocol/json-hub.protocol.js';
import { messagePackHubProtocol } from '../../src/protocol/message-pack-hub.protocol.js';
import { HubEndpoint } from '../../src/transport/hub-endpoint.js';
import type { TransportName } from '../../src/transport/transport-channel.js';
import { plain, streaming } from '../hub/test-hub.js';
import { until } from '../transport/test-hub.js';

/** A connection as the hub saw it. */
export interface Visit {
  readonly transport: TransportName;
  /** How it ended; undefined as long as it is open. */
  end?: string;
}

/** A hub for official clients, behind a real server. */
export interface OfficialHub {
  readonly url: string;
  readonly clients: HubClients;
  /** What `note` was called with. */
  readonly noted: readonly unknown[];
  /** Sockets that there have been, and how many of them were cut. */
  readonly traffic: { readonly sockets: number; readonly cuts: number };
  /** Settles once a socket is open. */
  reachable(): Promise<void>;
  /** Destroys every socket, as a network does that breaks; what was sent since the event loop last turned is lost. */
  cut(): void;
  /** The visits since the last time, in the order in which they began, once all of them are over. */
  takeVisits(): Promise<Visit[]>;
  /** Settles once no connection is left. */
  close(): Promise<void>;
}

/** A hub with what the clients call; whoever starts it closes it. */
export async function startOfficialHub(options: Partial<HubOptions> = {}): Promise<OfficialHub> {
  const hubOptions = Object.assign(new HubOptions(), options);
  const noted: unknown[] = [];
  const visits = new Map<string, Visit>();
  const methods: readonly HubMethodDefinition[] = [
    plain('echo', (call) => call.arguments[0]),
    plain('fail', () => {
      throw new HubError('The shop is closed.');
    }),
    streaming('count', (call) => count(call.arguments[0] as number)),
    plain('tellAll', (call) => hub.clients.all.send('news', call.arguments[0], { of: 'today' })),
    plain('note', ({ arguments: [value, thenCut] }) => {
      noted.push(value);
      if (thenCut) cut();
      return value;
    }),
    streaming('countInTurns', async function* ({ arguments: [to, cutEvery] }) {
      for await (const { number } of count(to as number)) {
        if (number % 10 === 0) await new Promise(setImmediate);
        yield { number };
        if (number % (cutEvery as number) !== 0) continue;
        await reachable();
        cut();
      }
    }),
    plain('sum', (call) => sum(call.arguments[0] as AsyncIterable<number>), 0),
  ];
  // What is sent at once may come in one piece with the answer to the handshake.
  const connected = (connection: HubConnection): void => connection.send('welcome', 'you');
  const disconnected = ({ id }: HubConnection, error: Error | undefined): void => {
    const visit = visits.get(id);
    if (visit) visit.end = error?.message ?? 'in good order';
  };
  const hub = new HubServer({ name: 'shop', methods, connected, disconnected }, hubOptions, { clock: systemClock, protocols: [jsonHubProtocol, messagePackHubProtocol] });
  const endpoint = new HubEndpoint(hubOptions, {
    clock: systemClock,
    admit: () => undefined,
    open: (connection, channel) => {
      visits.set(connection.id, { transport: channel.transport });
      return hub.open(connection, channel);
    },
  });

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://shop');
    // For browsers, which let only pages of an origin use what it serves.
    if (pathname === '/page') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>hub</title>');
    if (!pathname.endsWith('/negotiate')) return endpoint.serve(request, response);
    const { status, body } = endpoint.negotiate(searchParams, anonymousCaller);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const sockets = new Set<Duplex>();
  const traffic = { sockets: 0, cuts: 0 };
  const reachable = (): Promise<void> => until(() => sockets.size > 0);
  const cut = (): void => {
    traffic.cuts += sockets.size;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  server.on('upgrade', (request, socket, head) => {
    traffic.sockets += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    endpoint.upgrade(request, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hubs/shop`,
    clients: hub.clients,
    noted,
    traffic,
    reachable,
    cut,
    takeVisits: async () => {
      await until(() => [...visits.values()].every(({ end }) => end !== undefined));
      const taken = [...visits.values()];
      visits.clear();
      return taken;
    },
    close: async () => {
      endpoint.stop();
      await hub.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function* count(to: number): AsyncGenerator<{ number: number }> {
  for (let number = 1; number <= to; number += 1) yield { number };
}

async function sum(numbers: AsyncIterable<number>): Promise<number> {
  let total = 0;
  for await (const number of numbers) total += number;
  return total;
}

import type { Duplex } from 'node:stream';
import type { Timer } from '@portico/core';
import type { Payload } from '../protocol/payload.js';
import type { ChannelEvents } from './channel-events.js';
import type { ChannelSchedule } from './channel-schedule.js';
import { HubSocket } from './hub-socket.js';
import type { TransportChannel } from './transport-channel.js';

/** Close frames of a client that leaves in good order: done, going away, without a status (RFC 6455 7.4.1). */
const goodStatus = new Set([1000, 1001, 1005]);

/** A connection over a WebSocket (RFC 6455): each record is a message, text or binary as it is itself. A message of the client is a chunk, whatever it holds. */
export class WebSocketChannel implements TransportChannel {
  readonly transport = 'WebSockets';
  readonly carriesBinary = true;
  readonly #socket: HubSocket;
  readonly #wire: Duplex;
  readonly #events: ChannelEvents;
  readonly #schedule: ChannelSchedule;
  #corked = false;
  #closed = false;
  #error: Error | undefined;
  #lingering: Timer | undefined;

  /** @param wire what carries the socket */
  constructor(socket: HubSocket, wire: Duplex, events: ChannelEvents, schedule: ChannelSchedule) {
    this.#socket = socket;
    this.#wire = wire;
    this.#events = events;
    this.#schedule = schedule;
    socket.on('message', (data: Buffer, isBinary) => void events.received(isBinary ? data : data.toString()));
    socket.on('error', (error) => (this.#error = error));
    socket.once('closing', () => {
      if (socket.readyState !== HubSocket.CLOSED) this.#lingering = schedule.stuck.add(() => socket.terminate());
    });
    socket.once('close', (code) => {
      this.#lingering?.cancel();
      events.closed(this.#faultOf(code));
    });
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  send(record: Payload): void {
    if (this.#socket.readyState !== HubSocket.OPEN) return;
    this.#cork();
    // As bytes, for a socket counts the characters of text that waits.
    if (typeof record === 'string') this.#socket.send(Buffer.from(record), { binary: false });
    else this.#socket.send(record);
  }

  close(code?: number): void {
    this.#closed = true;
    this.#events.deafen();
    this.#socket.close(code);
  }

  abort(error = new Error('The connection was aborted')): void {
    this.#events.closed(error);
    this.#socket.terminate();
  }

  /** Lets what is sent until the end of this tick leave in one write: the kernel's part costs more than all the rest. */
  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.#wire.cork();
    this.#schedule.tickEnd.add(this.#uncork);
  }

  readonly #uncork = (): void => {
    this.#corked = false;
    this.#wire.uncork();
  };

  #faultOf(code: number): Error | undefined {
    if (this.#error) return this.#error;
    // No frame carries it.
    if (code === 1006) return new Error('The WebSocket ended without a close frame');
    return this.#closed || goodStatus.has(code) ? undefined : new Error(`The client closed the WebSocket with status ${code}`);
  }
}

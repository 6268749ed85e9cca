import type { Duplex } from 'node:stream';
import type { Timer } from '@portico/core';
import { ConnectionFault } from '../hub/end-reason.js';
import type { Payload } from '../protocol/payload.js';
import type { ChannelEvents } from './channel-events.js';
import type { ChannelSchedule } from './channel-schedule.js';
import { FrameQueue } from './frame-queue.js';
import { HubSocket } from './hub-socket.js';
import type { TransportChannel } from './transport-channel.js';

/** Close frames of a client that leaves in good order: done, going away, without a status (RFC 6455 7.4.1). */
const goodStatus = new Set([1000, 1001, 1005]);

/**
 * A connection over a WebSocket (RFC 6455): each record is a message, text or binary as it is itself. A message of the client is a chunk, whatever it holds.
 * One that outlives its socket is over when either side ends it in good order, or when no other socket comes in time for one that was lost.
 */
export class WebSocketChannel implements TransportChannel {
  readonly transport = 'WebSockets';
  readonly carriesBinary = true;
  #socket: HubSocket;
  #queue: FrameQueue;
  readonly #events: ChannelEvents;
  readonly #schedule: ChannelSchedule;
  #closed = false;
  #outlives = false;
  /** The end has begun, in good order or for what the client sent. */
  #ending = false;
  #error: Error | undefined;
  #lingering: Timer | undefined;
  /** Runs while the socket is lost. */
  #absence: Timer | undefined;

  /** @param wire what carries the socket */
  constructor(socket: HubSocket, wire: Duplex, events: ChannelEvents, schedule: ChannelSchedule) {
    this.#socket = socket;
    this.#queue = new FrameQueue(socket, wire, schedule.tickEnd);
    this.#events = events;
    this.#schedule = schedule;
    this.#listenTo(socket);
  }

  get bufferedBytes(): number {
    return this.#absence ? 0 : this.#socket.bufferedAmount + this.#queue.bytes;
  }

  /** Whether another socket may take the place of its own. */
  get resumable(): boolean {
    return this.#outlives && !this.#ending && !this.#events.over;
  }

  outlive(): void {
    this.#outlives = true;
  }

  /** Goes on over another socket. Its own may still be thought open: the client knows better. */
  resume(socket: HubSocket, wire: Duplex): void {
    const older = this.#socket;
    this.#socket = socket;
    this.#queue = new FrameQueue(socket, wire, this.#schedule.tickEnd);
    this.#listenTo(socket);
    older.terminate();
    if (this.#absence) this.#endAbsence();
    else this.#events.interrupted();
    this.#events.resumed();
  }

  send(record: Payload): void {
    if (this.#socket.readyState === HubSocket.OPEN) this.#queue.add(this.#schedule.frames.of(record));
  }

  close(code?: number): void {
    this.#closed = true;
    this.#events.deafen();
    this.#queue.flush();
    this.#socket.close(code);
    if (!this.#absence) return;
    this.#endAbsence();
    this.#events.closed(undefined);
  }

  abort(error = new Error('The connection was aborted')): void {
    this.#endAbsence();
    this.#events.closed(error);
    this.#socket.terminate();
  }

  /** A socket is heard as long as no other has taken its place. */
  #listenTo(socket: HubSocket): void {
    socket.on('message', (data: Buffer, isBinary) => {
      if (this.#socket === socket) this.#events.received(isBinary ? data : data.toString());
    });
    socket.on('error', (error) => {
      if (this.#socket === socket) this.#error = error;
    });
    socket.once('closing', () => {
      if (this.#socket !== socket) return;
      this.#ending = true;
      if (socket.readyState !== HubSocket.CLOSED) this.#lingering = this.#schedule.stuck.add(() => socket.terminate());
    });
    socket.once('close', (code) => {
      if (this.#socket === socket) this.#ended(code);
    });
  }

  #ended(code: number): void {
    this.#lingering?.cancel();
    const fault = this.#faultOf(code);
    if (!this.resumable) return this.#events.closed(fault);
    this.#absence = this.#schedule.idle.add(() => this.#events.closed(fault));
    this.#events.interrupted();
  }

  #endAbsence(): void {
    this.#absence?.cancel();
    this.#absence = undefined;
  }

  #faultOf(code: number): Error | undefined {
    if (this.#error) return this.#error;
    // No frame carries it.
    if (code === 1006) return new Error('The WebSocket ended without a close frame');
    return this.#closed || goodStatus.has(code) ? undefined : new ConnectionFault('left', `The client closed the WebSocket with status ${code}`);
  }
}

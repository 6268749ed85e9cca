import type { ServerResponse } from 'node:http';
import type { Timer } from '@portico/core';
import { ConnectionFault } from '../hub/end-reason.js';
import type { Payload } from '../protocol/payload.js';
import type { ChannelEvents } from './channel-events.js';
import type { ChannelSchedule } from './channel-schedule.js';
import type { TransportChannel } from './transport-channel.js';
import { writeAnswer } from './write-answer.js';

/**
 * A connection over polls: each waits for records and brings all of them; the client's chunks come by POST. It is over when a poll was told so (204), when the client deletes it,
 * or when none comes for too long; what was sent before it was closed waits for the next poll.
 */
export class LongPollingChannel implements TransportChannel {
  readonly transport = 'LongPolling';
  readonly carriesBinary = true;
  readonly #events: ChannelEvents;
  readonly #schedule: ChannelSchedule;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  #begun = false;
  #closed = false;
  #flushing = false;
  #waiting: ServerResponse | undefined;
  #timeout: Timer | undefined;
  #idle: Timer | undefined;
  /** Answers on their way. */
  readonly #leaving = new Set<ServerResponse>();

  constructor(events: ChannelEvents, schedule: ChannelSchedule) {
    this.#events = events;
    this.#schedule = schedule;
  }

  get bufferedBytes(): number {
    let bytes = this.#queuedBytes;
    for (const response of this.#leaving) bytes += response.writableLength;
    return bytes;
  }

  /** Answers a poll, now or later. The first only begins the connection; a newer one takes the place of one that waits. */
  poll(response: ServerResponse): void {
    this.#idle?.cancel();
    this.#answer(204);
    this.#waiting = response;
    response.once('close', () => this.#left(response));
    if (!this.#begun) this.#answer(200);
    else if (this.#queue.length > 0) this.#answer(200, this.#takeQueue());
    else if (this.#closed) this.#end(undefined);
    else this.#timeout = this.#schedule.polls.add(() => this.#answer(200));
    this.#begun = true;
  }

  send(record: Payload): void {
    if (this.#closed || this.#events.over) return;
    const bytes = typeof record === 'string' ? Buffer.from(record) : Buffer.from(record.buffer, record.byteOffset, record.byteLength);
    this.#queue.push(bytes);
    this.#queuedBytes += bytes.length;
    if (this.#flushing) return;
    this.#flushing = true;
    this.#schedule.tickEnd.add(this.#flush);
  }

  close(): void {
    this.#closed = true;
    this.#events.deafen();
    if (this.#waiting !== undefined && this.#queue.length === 0) this.#end(undefined);
  }

  /** The client ends it. */
  delete(): void {
    this.#end(undefined);
  }

  abort(error = new Error('The connection was aborted')): void {
    const leaving = [...this.#leaving];
    this.#end(error);
    for (const response of leaving) response.destroy();
  }

  readonly #flush = (): void => {
    this.#flushing = false;
    if (this.#waiting !== undefined && this.#queue.length > 0) this.#answer(200, this.#takeQueue());
  };

  #takeQueue(): Buffer {
    const body = Buffer.concat(this.#queue);
    this.#queue = [];
    this.#queuedBytes = 0;
    return body;
  }

  /** Answers the poll that waits, if there is one. */
  #answer(status: 200 | 204, body?: Buffer): void {
    const response = this.#waiting;
    if (response === undefined) return;
    this.#waiting = undefined;
    this.#timeout?.cancel();
    this.#leaving.add(response);
    const stuck = this.#schedule.stuck.add(() => {
      this.abort(new ConnectionFault('slow', 'The client takes nothing of the answer to its poll'));
    });
    response.once('close', () => {
      stuck.cancel();
      this.#leaving.delete(response);
    });
    writeAnswer(response, status, body);
  }

  /** A poll has ended, by its answer or by the client: the next has to come in time. */
  #left(response: ServerResponse): void {
    if (this.#waiting === response) {
      this.#waiting = undefined;
      this.#timeout?.cancel();
    }
    if (this.#waiting !== undefined || this.#events.over) return;
    this.#idle?.cancel();
    this.#idle = this.#schedule.idle.add(() => this.#end(this.#closed ? undefined : new Error('The client polls no more')));
  }

  #end(error: Error | undefined): void {
    this.#answer(204);
    this.#idle?.cancel();
    this.#takeQueue();
    this.#events.closed(error);
  }
}

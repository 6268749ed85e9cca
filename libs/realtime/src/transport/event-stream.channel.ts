import type { ServerResponse } from 'node:http';
import type { Timer } from '@portico/core';
import { ConnectionFault } from '../hub/end-reason.js';
import type { Payload } from '../protocol/payload.js';
import type { ChannelEvents } from './channel-events.js';
import type { ChannelSchedule } from './channel-schedule.js';
import type { TransportChannel } from './transport-channel.js';
import { noStore } from './write-answer.js';

/** A connection over server-sent events (WHATWG HTML 9.2), each record an event; the client's chunks come by POST. It is over when either side ends the stream. */
export class EventStreamChannel implements TransportChannel {
  readonly transport = 'ServerSentEvents';
  readonly carriesBinary = false;
  readonly #response: ServerResponse;
  readonly #events: ChannelEvents;
  readonly #schedule: ChannelSchedule;
  #gathered = '';
  #gatheredBytes = 0;
  /** Writes that the system has not taken. */
  #writing = 0;
  #stuck: Timer | undefined;
  #closed = false;

  /** Begins the stream at once, with a comment: proxies and clients wait for the first bytes. */
  constructor(response: ServerResponse, events: ChannelEvents, schedule: ChannelSchedule) {
    this.#response = response;
    this.#events = events;
    this.#schedule = schedule;
    response.once('close', () => this.#end(undefined));
    response.writeHead(200, { ...noStore, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    response.write(':\n\n');
  }

  get bufferedBytes(): number {
    return this.#gatheredBytes + this.#response.writableLength;
  }

  /** @throws TypeError for bytes, which an event stream cannot carry */
  send(record: Payload): void {
    if (typeof record !== 'string') throw new TypeError('An event stream carries text only');
    if (this.#closed || this.#events.over) return;
    if (this.#gathered === '') this.#schedule.tickEnd.add(this.#flush);
    const event = eventOf(record);
    this.#gathered += event;
    this.#gatheredBytes += Buffer.byteLength(event);
  }

  close(): void {
    this.#flush();
    this.#closed = true;
    this.#events.deafen();
    this.#write((written) => this.#response.end(written));
  }

  abort(error = new Error('The connection was aborted')): void {
    this.#end(error);
    this.#response.destroy();
  }

  readonly #flush = (): void => {
    if (this.#gathered === '' || this.#events.over) return;
    const chunk = Buffer.from(this.#gathered);
    this.#gathered = '';
    this.#gatheredBytes = 0;
    this.#write((written) => this.#response.write(chunk, written));
  };

  #write(write: (written: () => void) => void): void {
    this.#writing += 1;
    write(this.#written);
    this.#watch();
  }

  readonly #written = (): void => {
    this.#writing -= 1;
    this.#stuck?.cancel();
    this.#stuck = undefined;
    if (this.#writing > 0) this.#watch();
  };

  /** Gives the client time to take the next of what waits. */
  #watch(): void {
    if (!this.#events.over) this.#stuck ??= this.#schedule.stuck.add(() => this.abort(new ConnectionFault('slow', 'The client takes nothing of the event stream')));
  }

  #end(error: Error | undefined): void {
    this.#stuck?.cancel();
    this.#gathered = '';
    this.#gatheredBytes = 0;
    this.#events.closed(error);
  }
}

/** A record as an event: a line end in it would end the field. */
function eventOf(record: string): string {
  return `data: ${/[\r\n]/.test(record) ? record.split(/\r\n|\r|\n/).join('\ndata: ') : record}\n\n`;
}

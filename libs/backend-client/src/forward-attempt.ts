import type { Duplex, Readable } from 'node:stream';
import { tickEnd, type Cancellable, type PorticoError } from '@portico/core';
import type { InstanceState } from '@portico/discovery';
import { AnswerFields } from './answer-fields.js';
import { ForwardBody } from './forward-body.js';
import { brokenAnswer, connectionFailed } from './service-error.js';

/** The head of an answer that is passed on, and what has come of its body. */
export interface ForwardedAnswer {
  readonly status: number;
  readonly fields: AnswerFields;
  /** Bytes where all of them are there already, else a stream. */
  body(): Buffer | Readable;
  /** The connection itself, where the service agreed to an upgrade. */
  readonly socket: Duplex | undefined;
  /** The instance that answered; undefined before one was asked. */
  readonly instance: InstanceState | undefined;
}

/** Bytes of a body that wait for somebody to take it. */
const mostKeptBytes = 65_536;

/**
 * One exchange whose answer is passed on while it comes. `answer` settles at the end of the tick that brought the head; a short body has come by then in most cases,
 * and needs no stream. Given up later, it breaks the body off.
 */
export class ForwardAttempt implements Cancellable, ForwardedAnswer {
  readonly answer: Promise<ForwardedAnswer>;
  readonly #service: string;
  #resolve!: (answer: ForwardedAnswer) => void;
  #reject!: (error: unknown) => void;
  #abort: ((reason: Error) => void) | undefined;
  #resume: () => void = () => {};
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  #state: 'waiting' | 'coming' | 'complete' | 'failed' = 'waiting';
  #failure: Error | undefined;
  #stream: ForwardBody | undefined;
  #onEnd: (() => void) | undefined;
  status = 0;
  fields = AnswerFields.none;
  socket: Duplex | undefined;
  instance: InstanceState | undefined;

  constructor(service: string) {
    this.#service = service;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether nothing more can come. */
  get over(): boolean {
    return this.#state === 'complete' || this.#state === 'failed';
  }

  /** Calls `onEnd` once nothing more can come; never where that is so already. */
  whenOver(onEnd: () => void): void {
    this.#onEnd = onEnd;
  }

  body(): Buffer | Readable {
    if (this.#state === 'complete' && this.#stream === undefined) return this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
    if (this.#stream === undefined) {
      this.#stream = new ForwardBody(this.#chunks, () => this.#resume(), (reason) => this.#giveUp(reason));
      if (this.#failure) this.#stream.destroy(this.#failure);
    }
    return this.#stream;
  }

  cancel(reason: PorticoError): void {
    this.#giveUp(reason);
  }

  /** Gives up an answer that nobody wants; does nothing to one that has come completely. */
  discard(): void {
    this.#giveUp(new Error('Another attempt brought the answer'));
    this.socket?.destroy();
  }

  onConnect(abort: (reason?: Error) => void): void {
    if (this.#state === 'failed') abort(this.#failure);
    else this.#abort = abort;
  }

  onUpgrade(status: number, raw: Buffer[], socket: Duplex): void {
    // Until somebody takes the connection over, nobody else would hear that it breaks.
    socket.on('error', () => socket.destroy());
    if (this.#state === 'failed') return void socket.destroy();
    this.status = status;
    this.fields = new AnswerFields(raw);
    this.socket = socket;
    this.#state = 'complete';
    this.#resolve(this);
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void): boolean {
    if (status < 200) return true;
    this.status = status;
    this.fields = new AnswerFields(raw);
    this.#resume = resume;
    this.#state = 'coming';
    void tickEnd().then(() => this.#resolve(this));
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#state === 'failed') return true;
    if (this.#stream) return this.#stream.receive(chunk);
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    return this.#kept < mostKeptBytes;
  }

  onComplete(): void {
    if (this.#state === 'failed') return;
    this.#state = 'complete';
    this.#stream?.end();
    this.#over();
  }

  onError(error: Error): void {
    this.#fail(this.#state === 'waiting' ? connectionFailed(this.#service, error) : brokenAnswer(this.#service, 'broke its answer off', error));
  }

  #giveUp(reason: Error): void {
    this.#fail(reason, () => this.#resume());
  }

  /** @param release lets go what an exchange that stands still holds: a stream of HTTP/2 that is not read would stay for as long as its connection */
  #fail(error: Error, release?: () => void): void {
    if (this.#state === 'failed' || this.#state === 'complete') return;
    this.#state = 'failed';
    this.#failure = error;
    this.#reject(error);
    release?.();
    this.#abort?.(error);
    this.#stream?.destroy(error);
    this.#over();
  }

  #over(): void {
    this.#onEnd?.();
    this.#onEnd = undefined;
  }
}

import { tickEnd, type Cancellable, type PorticoError } from '@portico/core';
import type { Dispatcher } from 'undici';
import { AnswerFields } from './answer-fields.js';
import type { Exchange } from './exchange.js';
import { decodeBody } from './decode-body.js';
import { brokenAnswer, connectionFailed, invalidAnswer } from './service-error.js';

/** A whole answer of a service. */
export interface RawAnswer {
  readonly status: number;
  readonly fields: AnswerFields;
  readonly body: Buffer;
}

const nothing = Buffer.alloc(0);

/**
 * One HTTP exchange on undici's dispatch interface: no streams, no signals, no timers of its own.
 * It settles once, on whatever comes first: a whole answer, at the end of its tick; a fault, or being given up.
 *
 * The handler's form is the one that undici 7 calls inside: for the newer one it would wrap every call and parse every header field.
 */
export class HttpAttempt implements Dispatcher.DispatchHandler, Cancellable {
  readonly answer: Promise<RawAnswer>;
  readonly #service: string;
  readonly #maxBodyBytes: number;
  readonly #call: Pick<Exchange, 'method' | 'anyStatus'>;
  #resolve!: (answer: RawAnswer) => void;
  #reject!: (error: unknown) => void;
  #abort: ((reason: Error) => void) | undefined;
  #settled = false;
  /** Whether the status says all: the body of a refusal is received, because the connection is to be used again, and not kept. */
  #refused = false;
  #status = 0;
  #fields = AnswerFields.none;
  #first: Buffer = nothing;
  #rest: Buffer[] | undefined;
  #size = 0;

  constructor(service: string, maxBodyBytes: number, call: Pick<Exchange, 'method' | 'anyStatus'>) {
    this.#service = service;
    this.#maxBodyBytes = maxBodyBytes;
    this.#call = call;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Status of the answer; 0 until it has begun. */
  get status(): number {
    return this.#status;
  }

  cancel(reason: PorticoError): void {
    this.#fail(reason);
  }

  onConnect(abort: (reason?: Error) => void): void {
    if (this.#settled) abort(new Error('given up before it was sent'));
    else this.#abort = abort;
  }

  onHeaders(status: number, raw: Buffer[]): boolean {
    if (status < 200) return true;
    this.#status = status;
    this.#fields = new AnswerFields(raw);
    this.#refused = status >= 300 && !this.#call.anyStatus;
    // What answers HEAD announces a body that does not come.
    if (Number(this.#fields.get('content-length')) > this.#maxBodyBytes && this.#call.method !== 'HEAD') this.#refuseSize();
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#settled) return true;
    this.#size += chunk.length;
    if (this.#size > this.#maxBodyBytes) this.#refuseSize();
    else if (this.#refused) return true;
    else if (this.#first === nothing) this.#first = chunk;
    else (this.#rest ??= [this.#first]).push(chunk);
    return true;
  }

  onComplete(): void {
    if (this.#settled) return;
    const body = this.#rest ? Buffer.concat(this.#rest, this.#size) : this.#first;
    const encoding = this.#fields.get('content-encoding');
    if (encoding === undefined) return void tickEnd().then(() => this.#succeed(body));
    decodeBody(body, encoding, this.#maxBodyBytes).then(
      (decoded) => this.#succeed(decoded),
      (cause) => this.#fail(invalidAnswer(this.#service, `answered in the encoding ${encoding}, which could not be read`, cause)),
    );
  }

  onError(error: Error): void {
    if (this.#status === 0) this.#fail(connectionFailed(this.#service, error));
    // Trouble is believed unread; a refusal that may mean something to the client is not.
    else if (this.#refused && this.#status >= 500) this.#succeed(nothing);
    else this.#fail(brokenAnswer(this.#service, 'broke its answer off', error));
  }

  #refuseSize(): void {
    const error = invalidAnswer(this.#service, `answered with more than ${this.#maxBodyBytes} bytes`);
    if (!this.#refused) return this.#fail(error);
    this.#succeed(nothing);
    this.#abort?.(error);
  }

  #succeed(body: Buffer): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#resolve({ status: this.#status, fields: this.#fields, body });
  }

  #fail(error: Error): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#reject(error);
    this.#abort?.(error);
  }
}

import type { Cancellable, PorticoError } from '@portico/core';
import type { Dispatcher } from 'undici';
import type { Exchange } from './exchange.js';
import { decodeBody } from './decode-body.js';
import { brokenAnswer, connectionFailed, invalidAnswer } from './service-error.js';

/** A whole answer of a service. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const nothing = Buffer.alloc(0);

/**
 * One HTTP exchange on undici's dispatch interface: no streams, no signals, no timers of its own.
 * It settles once, on whatever comes first: a whole answer, a fault, or being given up.
 */
export class HttpAttempt implements Dispatcher.DispatchHandler, Cancellable {
  readonly answer: Promise<RawAnswer>;
  readonly #service: string;
  readonly #maxBodyBytes: number;
  readonly #call: Pick<Exchange, 'method' | 'anyStatus'>;
  #resolve!: (answer: RawAnswer) => void;
  #reject!: (error: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  /** Whether the status says all: the body of a refusal is received, because the connection is to be used again, and not kept. */
  #refused = false;
  #status = 0;
  #headers: RawAnswer['headers'] = {};
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

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#settled) controller.abort(new Error('given up before it was sent'));
    else this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: RawAnswer['headers']): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#refused = status >= 300 && !this.#call.anyStatus;
    // What answers HEAD announces a body that does not come.
    if (Number(headers['content-length']) > this.#maxBodyBytes && this.#call.method !== 'HEAD') this.#refuseSize();
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    this.#size += chunk.length;
    if (this.#size > this.#maxBodyBytes) this.#refuseSize();
    else if (this.#refused) return;
    else if (this.#first === nothing) this.#first = chunk;
    else (this.#rest ??= [this.#first]).push(chunk);
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    const body = this.#rest ? Buffer.concat(this.#rest, this.#size) : this.#first;
    const encoding = this.#headers['content-encoding'];
    if (encoding === undefined) return this.#succeed(body);
    decodeBody(body, String(encoding), this.#maxBodyBytes).then(
      (decoded) => this.#succeed(decoded),
      (cause) => this.#fail(invalidAnswer(this.#service, `answered in the encoding ${String(encoding)}, which could not be read`, cause)),
    );
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#status === 0) this.#fail(connectionFailed(this.#service, error));
    // Trouble is believed unread; a refusal that may mean something to the client is not.
    else if (this.#refused && this.#status >= 500) this.#succeed(nothing);
    else this.#fail(brokenAnswer(this.#service, 'broke its answer off', error));
  }

  #refuseSize(): void {
    const error = invalidAnswer(this.#service, `answered with more than ${this.#maxBodyBytes} bytes`);
    if (!this.#refused) return this.#fail(error);
    this.#succeed(nothing);
    this.#controller?.abort(error);
  }

  #succeed(body: Buffer): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#resolve({ status: this.#status, headers: this.#headers, body });
  }

  #fail(error: Error): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#reject(error);
    this.#controller?.abort(error);
  }
}

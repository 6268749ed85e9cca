import type { Dispatcher } from 'undici';
import { LineSplitter } from './line-splitter.js';

/** A whole answer of a registry; the body is empty when its lines were read as they came. */
export interface RegistryAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/**
 * One HTTP exchange with a registry, on undici's dispatch interface. It settles once: with a whole answer, or with what went wrong.
 * With `onLine`, the lines of a 200 answer are given away as they come; what it throws ends the exchange.
 */
export class RegistryExchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<RegistryAnswer>;
  readonly #maxBytes: number;
  readonly #lines: LineSplitter | undefined;
  readonly #headers = new Map<string, string>();
  readonly #chunks: Buffer[] = [];
  #resolve!: (answer: RegistryAnswer) => void;
  #reject!: (error: unknown) => void;
  #abort: ((reason: Error) => void) | undefined;
  #settled = false;
  #status = 0;
  #size = 0;

  constructor(maxBytes: number, onLine?: (line: string) => void) {
    this.#maxBytes = maxBytes;
    this.#lines = onLine && new LineSplitter(maxBytes, onLine);
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Ends the exchange, if it has not ended yet. */
  fail(error: Error): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#reject(error);
    this.#abort?.(error);
  }

  onConnect(abort: (reason?: Error) => void): void {
    if (this.#settled) abort(new Error('given up before it was sent'));
    else this.#abort = abort;
  }

  onHeaders(status: number, raw: Buffer[]): boolean {
    if (status < 200) return true;
    this.#status = status;
    for (let index = 0; index + 1 < raw.length; index += 2) this.#headers.set(String(raw[index]).toLowerCase(), String(raw[index + 1]));
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.#settled) return true;
    try {
      if (this.#lines && this.#status === 200) this.#lines.push(chunk);
      else this.#keep(chunk);
    } catch (error) {
      this.fail(error as Error);
    }
    return true;
  }

  onComplete(): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#resolve({ status: this.#status, headers: this.#headers, body: Buffer.concat(this.#chunks, this.#size).toString() });
  }

  onError(error: Error): void {
    this.fail(error);
  }

  #keep(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) throw new Error(`it answered with more than ${this.#maxBytes} bytes`);
    this.#chunks.push(chunk);
  }
}

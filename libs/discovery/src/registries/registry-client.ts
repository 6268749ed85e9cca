// The declaration has to travel with this source: other projects compile it too, without this one's configuration.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./undici-client.d.ts" />
import { readFile } from 'node:fs/promises';
import type { Clock } from '@portico/core';
import type { Client } from 'undici';
import UndiciClient from 'undici/lib/dispatcher/client.js';
import { parsedJson } from './json-value.js';
import { quoted } from './quoted.js';
import { RegistryExchange, type RegistryAnswer } from './registry-exchange.js';

export interface RegistryClientOptions {
  readonly requestTimeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly caFile: string;
}

export interface RegistryCall {
  /** Follows the path of the registry's own address; begins with a slash. */
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For how long the registry was asked to hold the answer back, in ms. Default: 0. */
  readonly heldMs?: number;
  /** Takes the lines of a 200 answer as they come, in place of its body. What it throws ends the call. */
  readonly onLine?: (line: string) => void;
}

/** HTTP to one server of a registry: one connection, one call at a time. Redirects are not followed. */
export class RegistryClient {
  readonly #origin: string;
  readonly #basePath: string;
  readonly #options: RegistryClientOptions;
  readonly #clock: Clock;
  #client: Client | undefined;
  #closed = false;

  /** @param url address of the registry, which may have a path */
  constructor(url: string, options: RegistryClientOptions, clock: Clock) {
    const { origin, pathname } = new URL(url);
    this.#origin = origin;
    this.#basePath = pathname.replace(/\/+$/, '');
    this.#options = options;
    this.#clock = clock;
  }

  /** @throws Error when no whole answer came: of any status, in time, within the size */
  async call({ path, method = 'GET', headers = {}, body, heldMs = 0, onLine }: RegistryCall, signal: AbortSignal): Promise<RegistryAnswer> {
    const client = await this.#connected();
    const timeoutMs = heldMs + this.#options.requestTimeoutMs;
    const exchange = new RegistryExchange(this.#options.maxAnswerBytes, onLine);
    const giveUp = (): void => exchange.fail(new Error('given up'));
    const timer = this.#clock.schedule(() => exchange.fail(new Error(`it did not answer within ${timeoutMs} ms`)), timeoutMs);
    signal.addEventListener('abort', giveUp);
    if (signal.aborted) giveUp();
    try {
      client.dispatch({ path: this.#basePath + path, method, headers: { accept: 'application/json', ...headers }, body: body ?? null }, exchange);
      return await exchange.answer;
    } catch (error) {
      // The next call begins with a new connection, and reads the certificates anew.
      this.#client = undefined;
      void client.destroy();
      throw new Error(`${this.#origin}: ${(error as Error).message || (error as NodeJS.ErrnoException).code || 'the connection failed'}`, { cause: error });
    } finally {
      timer.cancel();
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** The JSON value of a 200 answer. @throws Error for any other one */
  async json(call: RegistryCall, signal: AbortSignal): Promise<{ readonly value: unknown; readonly headers: RegistryAnswer['headers'] }> {
    const answer = await this.call(call, signal);
    if (answer.status !== 200) throw this.refusal(answer);
    return { value: parsedJson(answer.body), headers: answer.headers };
  }

  /** The error that an answer with an unwanted status is. */
  refusal({ status, body }: RegistryAnswer): Error {
    return new Error(`${this.#origin}: it answered ${status}${body === '' ? '' : ` (${quoted(body)})`}`);
  }

  /** Ends the connection; a call that still runs fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.destroy();
  }

  async #connected(): Promise<Client> {
    if (this.#client) return this.#client;
    const { caFile, requestTimeoutMs } = this.#options;
    const ca = caFile !== '' && this.#origin.startsWith('https:') ? await readFile(caFile, 'utf8') : undefined;
    if (this.#closed) throw new Error('closed');
    // Time is kept outside, on the injected clock; undici's own timers would not know how long an answer may be held back.
    return (this.#client = new UndiciClient(this.#origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: requestTimeoutMs, ...(ca !== undefined && { ca }) },
    }));
  }
}

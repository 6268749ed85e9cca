import type { Clock } from '@portico/core';
import { RegistryClient, type RegistryCall } from '../registry-client.js';
import type { RegistryAnswer } from '../registry-exchange.js';
import type { EurekaServerOptions } from './eureka-server.config.js';

/** The servers of one Eureka. One of them is asked as long as it answers; then it is the turn of the next. */
export class EurekaServers {
  readonly #clients: readonly RegistryClient[];
  readonly #authorization: Readonly<Record<string, string>>;
  #turn = 0;

  constructor(options: EurekaServerOptions, clock: Clock) {
    this.#clients = options.urls.map((url) => new RegistryClient(url, options, clock));
    const credentials = Buffer.from(`${options.user}:${options.password}`).toString('base64');
    this.#authorization = options.user === '' ? {} : { authorization: `Basic ${credentials}` };
  }

  /**
   * Asks the server whose turn it is.
   * @param expected statuses that are an answer; with any other one it is the next server's turn
   * @throws Error when no such answer came
   */
  async call(call: RegistryCall, expected: readonly number[], signal: AbortSignal): Promise<RegistryAnswer> {
    const client = this.#clients[this.#turn]!;
    try {
      const answer = await client.call({ ...call, headers: { ...this.#authorization, ...call.headers } }, signal);
      if (!expected.includes(answer.status)) throw client.refusal(answer);
      return answer;
    } catch (error) {
      this.#turn = (this.#turn + 1) % this.#clients.length;
      throw error;
    }
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}

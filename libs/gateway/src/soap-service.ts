import type { Ask, ServiceTask } from '@portico/backend-client';
import type { Client } from 'soap';
import type { HttpServiceLoader } from './http-service-loader.js';

/**
 * A service that speaks SOAP 1.1, by the contract that it publishes at `<path>?wsdl`. Its calls are parts like any other: discovered, balanced and retried,
 * with what is left of the deadline, and given up with the request.
 */
export class SoapService {
  readonly #service: string;
  readonly #url: string;
  readonly #http: HttpServiceLoader;
  #client: Promise<Client> | undefined;

  /**
   * @param service name in the configuration
   * @param path where its endpoint is, as `/shipping`
   */
  constructor(service: string, path: string, http: HttpServiceLoader) {
    this.#service = service;
    this.#url = `http://${service}${path}`;
    this.#http = http;
  }

  /**
   * One call as a part.
   * @param read makes a value of the answer; an operation that answers nothing gives an empty object
   */
  call<Answer extends object, T>(operation: string, input: object, read: (answer: Partial<Answer>) => T): ServiceTask<T> {
    return { service: this.#service, run: async (ask) => read(await this.#send<Answer>(operation, input, ask)) };
  }

  async #send<Answer extends object>(operation: string, input: object, ask: Ask): Promise<Partial<Answer>> {
    const client = await this.#connect();
    const options = { timeout: Math.max(1, ask.dueAt - performance.now()), signal: ask.cancellation.toAbortSignal(), context: ask.context, span: ask.span };
    const [answer] = (await client[`${operation}Async`](input, options)) as [Answer | undefined];
    return answer ?? {};
  }

  /**
   * The package is loaded, and the contract read, when the first call is made; a failure is forgotten, so that the next request asks again.
   * Every request that comes meanwhile waits for it, so it is made on behalf of none: the first one's client may leave.
   */
  #connect(): Promise<Client> {
    this.#client ??= Promise.all([import('soap'), this.#http.load()])
      .then(([{ createClientAsync }, { axiosRef }]) => createClientAsync(`${this.#url}?wsdl`, { endpoint: this.#url, request: axiosRef as never }))
      .catch((error: unknown) => {
        this.#client = undefined;
        throw error;
      });
    return this.#client;
  }
}

import type { HttpService } from '@nestjs/axios';
import { createHttpClient, type BackendClient } from '@portico/backend-client';

/**
 * `@nestjs/axios`' HttpService for calls that are not hot: SOAP, the token issuer, registries. It calls through the gateway's own
 * client, so that it too is discovered, balanced, retried and traced; a URL's host is the name of a service, or any other origin.
 * Loaded on first use: axios takes a tenth of a gateway's start.
 */
export class HttpServiceLoader {
  readonly #client: BackendClient;
  #service: Promise<HttpService> | undefined;

  constructor(client: BackendClient) {
    this.#client = client;
  }

  load(): Promise<HttpService> {
    this.#service ??= Promise.all([import('@nestjs/axios'), createHttpClient(this.#client)]).then(([{ HttpService }, axios]) => new HttpService(axios));
    return this.#service;
  }
}

import type { CorsConfig } from './cors.config.js';

const methods = 'GET, POST, DELETE';
const headers = 'authorization, content-type, x-requested-with, x-signalr-user-agent';

/** Which pages may connect. Apps, which have no origin, always may: what lets anybody in is a token. */
export class PageOrigins {
  readonly #allowed: ReadonlySet<string>;
  readonly #maxAgeS: number;

  constructor({ origins, maxAgeS }: CorsConfig) {
    this.#allowed = new Set(origins);
    this.#maxAgeS = maxAgeS;
  }

  allows(origin: string | undefined): boolean {
    return origin === undefined || this.#allowed.has('*') || this.#allowed.has(origin);
  }

  /** Fields by which a page of an allowed origin may read the answer. Clients ask with credentials, which `*` would not do for; there are no cookies here that could be misused. */
  fields(origin: string | undefined): Record<string, string> {
    return origin === undefined ? {} : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', vary: 'Origin' };
  }

  /** Fields of the answer to a preflight, besides those. */
  preflightFields(): Record<string, string> {
    return { 'access-control-allow-methods': methods, 'access-control-allow-headers': headers, 'access-control-max-age': String(this.#maxAgeS) };
  }
}

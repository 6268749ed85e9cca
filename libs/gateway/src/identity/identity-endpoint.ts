import type { Awaitable, RequestContext } from '@portico/core';

/** A request to an identity endpoint, as far as such endpoints look at it. */
export interface IdentityRequest {
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Fields of an `application/x-www-form-urlencoded` body; undefined where there is none. */
  readonly form: URLSearchParams | undefined;
  /** Whether the client came over TLS, as far as trusted proxies vouch for it. */
  readonly secure: boolean;
  readonly context: RequestContext;
}

/** The answer of an identity endpoint. */
export interface IdentityAnswer {
  readonly status: number;
  /** Fields in their order; a name may stand twice, as `set-cookie` does. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | undefined;
}

/** An endpoint by which callers sign in and out: no operation, for its answers are redirects, cookies and pages, and it decides itself who may use it. */
export interface IdentityEndpoint {
  /** Stable name for logs and metrics, as `bff/login`. */
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** May throw a PorticoError, which becomes a problem answer. */
  handle(request: IdentityRequest): Awaitable<IdentityAnswer>;
}

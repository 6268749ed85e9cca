/** How a cookie is to be kept by the client (RFC 6265). */
export interface CookieAttributes {
  /** How long the client keeps it, in ms; sent as `Max-Age` in whole seconds. */
  readonly maxAgeMs: number;
  readonly path: string;
  readonly httpOnly: boolean;
  readonly sameSite: 'Lax' | 'Strict' | 'None';
  /** Whether it is only sent over TLS. */
  readonly secure: boolean;
}

/** The cookies of one request and its answer, as a balancer sees them. Whoever has the request implements it; `ContextAffinity` does so for a request's context. */
export interface Affinity {
  /** Value of the cookie as the client sent it; undefined when there is none. */
  read(name: string): string | undefined;
  /** Has the answer set a cookie. A later one of the same name replaces it. */
  write(name: string, value: string, attributes: CookieAttributes): void;
}

/** A request for one of the endpoints of signing in and out. */
export interface SessionRequest {
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  /** Header fields, names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Members of the body, where that is a form. */
  readonly form?: URLSearchParams | undefined;
  /** Whether the browser came by TLS, as far as the trusted proxies vouch for it. */
  readonly secure: boolean;
}

/** What is answered. A name may stand several times, as `set-cookie` does. */
export interface SessionAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Answers a request; rejects with a `PorticoError` that carries the header fields needed. */
export type SessionEndpoint = (request: SessionRequest) => Promise<SessionAnswer>;

/** A 302 to `location`, never stored. */
export function redirectTo(location: string, ...cookies: string[]): SessionAnswer {
  return { status: 302, headers: [['location', location], noStore, ...cookies.map((cookie) => ['set-cookie', cookie] as const)], body: '' };
}

/** The field that keeps an answer out of every cache. */
export const noStore = ['cache-control', 'no-store'] as const;

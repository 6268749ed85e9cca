import { anonymousCaller, type Caller } from '@portico/core';
import type { ClaimSet } from '@portico/realtime';

/** Who has connected, as the client's token says. */
export interface PushCaller extends Caller {
  /** The query of the negotiation, or of the WebSocket that came without one, with its `?` and without the token. */
  readonly query: string;
  /** When the connection has to end, in ms since the Unix epoch; undefined when it may outlast its token. */
  readonly endsAtMs: number | undefined;
}

/** The caller that verified claims make. A client without a user id is nobody's: no send to a user reaches it. */
export function pushCaller(claims: ClaimSet, query: URLSearchParams): PushCaller {
  const id = [claims['asrs.s.uid'], claims['nameid']].find((value): value is string => typeof value === 'string' && value !== '') ?? '';
  const own = id === '' ? {} : ({ kind: 'user', id, key: `user:${id}` } as const);
  const told = new URLSearchParams(query);
  told.delete('access_token');
  return { ...anonymousCaller, ...own, claims, query: `?${told}`, endsAtMs: endsAtMs(claims) };
}

/** Services may want connections to end with the token (`asrs.s.coae`), or with the login behind it (`asrs.s.aeo`, in s since the Unix epoch). */
function endsAtMs(claims: ClaimSet): number | undefined {
  if (String(claims['asrs.s.coae']).toLowerCase() !== 'true') return undefined;
  const loginEndS = Number(claims['asrs.s.aeo']);
  return (loginEndS > 0 ? loginEndS : (claims['exp'] as number)) * 1_000;
}

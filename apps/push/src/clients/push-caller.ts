import { anonymousCaller, type Caller } from '@portico/core';
import type { ClaimSet } from '@portico/realtime';

/** Who has connected, as the client's token says. */
export interface PushCaller extends Caller {
  /** The query of the negotiation, with its `?`: a negotiation with a token in it is not let in. */
  readonly query: string;
  /** When the connection has to end, in ms since the Unix epoch; undefined when it may outlast its token. */
  readonly endsAtMs: number | undefined;
}

/** The caller that verified claims make. A client without a user id is nobody's: no send to a user reaches it. */
export function pushCaller(claims: ClaimSet, query: URLSearchParams): PushCaller {
  const id = [claims['asrs.s.uid'], claims['nameid']].find((value): value is string => typeof value === 'string' && value !== '') ?? '';
  const own = id === '' ? {} : ({ kind: 'user', id, key: `user:${id}` } as const);
  return { ...anonymousCaller, ...own, claims, query: `?${query}`, endsAtMs: endsAtMs(claims) };
}

/** Services may want connections to end with the token (`asrs.s.coae`), or with the login behind it (`asrs.s.aeo`, in s since the Unix epoch). */
function endsAtMs(claims: ClaimSet): number | undefined {
  if (String(claims['asrs.s.coae']).toLowerCase() !== 'true') return undefined;
  const loginEndS = Number(claims['asrs.s.aeo']);
  return (loginEndS > 0 ? loginEndS : (claims['exp'] as number)) * 1_000;
}

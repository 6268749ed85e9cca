import type { Caller } from '@portico/core';
import type { TokenClaims } from './token-claims.js';

const refuse = () => {
  throw new TypeError('The scopes of a caller are read-only');
};

/**
 * The caller whom verified claims describe, deeply frozen: requests with the same token share it.
 * A token whose subject is its own client was issued to an application that acts for no user (RFC 9068 5).
 */
export function tokenCaller(claims: TokenClaims): Caller {
  const { sub, client_id: clientId } = claims;
  const kind = sub === clientId ? 'client' : 'user';
  return Object.freeze<Caller>({
    kind,
    id: sub,
    clientId,
    scopes: frozenSet(claims.scope?.split(' ').filter((scope) => scope.length > 0) ?? []),
    claims: deepFreeze(claims),
    // The length keeps apart what a colon inside the ids would run together.
    key: `${kind}:${clientId.length}:${clientId}:${sub}`,
  });
}

function frozenSet(values: readonly string[]): ReadonlySet<string> {
  return Object.freeze(Object.assign(new Set(values), { add: refuse, delete: refuse, clear: refuse }));
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) deepFreeze(member as object);
  return Object.freeze(value);
}

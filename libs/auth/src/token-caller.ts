import { defaultIssuer, type IssuedCaller } from './issued-caller.js';
import type { TokenClaims } from './token-claims.js';
import type { TokenVerifierConfig } from './token-verifier.config.js';

const refuse = () => {
  throw new TypeError('The scopes of a caller are read-only');
};

/**
 * The caller whom verified claims describe, deeply frozen: requests with the same token share it.
 * A token whose subject is its own client was issued to an application that acts for no user (RFC 9068 5).
 * Equal subjects of different issuers are different callers.
 */
export function tokenCaller(claims: TokenClaims, { name: issuer, profile }: Pick<TokenVerifierConfig, 'name' | 'profile'>): IssuedCaller {
  const { sub } = claims;
  const clientId = claims.client_id ?? (profile === 'plain' ? claims.azp : undefined) ?? '';
  const kind = sub === clientId ? 'client' : 'user';
  const granted = claims.scope ?? (profile === 'plain' ? claims.scp : undefined) ?? [];
  const scopes = typeof granted === 'string' ? granted.split(' ') : granted;
  return Object.freeze<IssuedCaller>({
    kind,
    id: sub,
    clientId,
    scopes: frozenSet(scopes.filter((scope) => scope.length > 0)),
    claims: deepFreeze(claims),
    // The length keeps apart what a colon inside the ids would run together; the name of an issuer has none.
    key: `${issuer === defaultIssuer ? kind : `${kind}@${issuer}`}:${clientId.length}:${clientId}:${sub}`,
    issuer,
  });
}

function frozenSet(values: readonly string[]): ReadonlySet<string> {
  return Object.freeze(Object.assign(new Set(values), { add: refuse, delete: refuse, clear: refuse }));
}

function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) deepFreeze(member as object);
  return Object.freeze(value);
}

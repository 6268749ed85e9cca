import { PorticoError } from '@portico/core';

const challenge = (value: string) => Object.freeze({ 'www-authenticate': value });

const missing = challenge('Bearer');
const invalid = challenge('Bearer error="invalid_token"');

/** 401 for a request without a credential: a challenge without error code (RFC 6750 3.1). */
export function tokenMissing(): PorticoError {
  return new PorticoError('TOKEN_MISSING', { headers: missing });
}

/** 401 for a credential that is not accepted. The reason goes to the log only: it would tell a forger what to mend. */
export function tokenInvalid(cause: unknown): PorticoError {
  return new PorticoError('TOKEN_INVALID', { headers: invalid, cause });
}

/** Makes the 403 for a token that lacks one of `scopes`; the challenge names all that are needed (RFC 6750 3.1). */
export function scopeInsufficient(scopes: readonly string[]): () => PorticoError {
  const headers = challenge(`Bearer error="insufficient_scope", scope="${scopes.join(' ')}"`);
  return () => new PorticoError('SCOPE_INSUFFICIENT', { headers });
}

/** 403 for a token whose claims are not what is needed. Which one it was goes to the log only. */
export function claimInsufficient(cause: unknown): PorticoError {
  return new PorticoError('CLAIM_INSUFFICIENT', { cause });
}

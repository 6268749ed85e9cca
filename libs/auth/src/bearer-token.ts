import { schemeToken, tokenBehind } from './scheme-token.js';

const usual = 'Bearer ';

/**
 * The token of an `Authorization` field (RFC 6750 2.1), scheme in any case. Undefined when the field carries another scheme.
 * An empty text stands for a field that names the scheme but no single token; no verifier accepts that.
 */
export function bearerToken(field: string | string[]): string | undefined {
  if (typeof field === 'string' && field.startsWith(usual)) return tokenBehind(field, usual.length);
  return schemeToken(field, 'bearer');
}

import { schemeToken } from '../scheme-token.js';

/**
 * The token of an `Authorization` field with the scheme DPoP (RFC 9449 7.1), in any case. Undefined when the field carries another scheme;
 * an empty text, which no verifier accepts, when it names no single token.
 */
export function dpopToken(field: string | string[]): string | undefined {
  return schemeToken(field, 'dpop');
}

import { compactJws, jwsObject } from './compact-jws.js';
import type { TokenType } from './token-type.js';

/** The parts of a token's header that choose its key (RFC 7515 4.1). */
export interface TokenHeader {
  readonly alg: string;
  readonly kid: string;
}

const maxKidLength = 128;
// A key or a place of keys named by the token itself is the forger's; `crit` asks for extensions that are not known here.
const refusedMembers = ['crit', 'jku', 'jwk', 'x5u', 'x5c'];

/**
 * Reads the header of a token that the issuer has signed, before anything is verified.
 * @param type which types are taken
 * @throws TypeError or SyntaxError when the token must be refused whatever its signature
 */
export function readTokenHeader(token: string, type: TokenType): TokenHeader {
  const header = jwsObject(compactJws(token).header);
  for (const member of refusedMembers) if (Object.hasOwn(header, member)) throw new TypeError(`Header member ${member} is refused`);
  const { typ, alg, kid } = header;
  const untyped = typ === undefined && type.untypedToo;
  if (!untyped && (typeof typ !== 'string' || !type.names.test(typ))) throw new TypeError('typ is not that of such a token');
  if (typeof kid !== 'string' || kid.length === 0 || kid.length > maxKidLength) throw new TypeError('kid is not usable');
  if (typeof alg !== 'string') throw new TypeError('alg is missing');
  return { alg, kid };
}

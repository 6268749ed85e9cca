import type { TokenProfile } from './token-verifier.config.js';

/** The parts of a token's header that choose its key (RFC 7515 4.1). */
export interface TokenHeader {
  readonly alg: string;
  readonly kid: string;
}

const compactJws = /^([\w-]+)\.[\w-]+\.[\w-]+$/;
const maxKidLength = 128;
// A key or a place of keys named by the token itself is the forger's; `crit` asks for extensions that are not known here.
const refusedMembers = ['crit', 'jku', 'jwk', 'x5u', 'x5c'];

const types: Readonly<Record<TokenProfile, RegExp>> = { rfc9068: /^(?:application\/)?at\+jwt$/i, plain: /^(?:(?:application\/)?at\+jwt|jwt)$/i };

/**
 * Reads the header of an access token (RFC 9068 2.1) before anything is verified.
 * @param profile which types are taken
 * @throws TypeError when the token must be refused whatever its signature
 */
export function readTokenHeader(token: string, profile: TokenProfile): TokenHeader {
  const encoded = compactJws.exec(token)?.[1];
  if (encoded === undefined) throw new TypeError('Not a JWS in compact form');
  const header = parseHeader(encoded);
  for (const member of refusedMembers) if (Object.hasOwn(header, member)) throw new TypeError(`Header member ${member} is refused`);
  const { typ, alg, kid } = header;
  const untyped = typ === undefined && profile === 'plain';
  if (!untyped && (typeof typ !== 'string' || !types[profile].test(typ))) throw new TypeError('typ is not that of an access token');
  if (typeof kid !== 'string' || kid.length === 0 || kid.length > maxKidLength) throw new TypeError('kid is not usable');
  if (typeof alg !== 'string') throw new TypeError('alg is missing');
  return { alg, kid };
}

function parseHeader(encoded: string): Record<string, unknown> {
  const header: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw new TypeError('The header is no object');
  return header as Record<string, unknown>;
}

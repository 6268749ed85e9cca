import { createHash, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { forgeJws, type Forge } from './forge-jws.js';
import type { TokenRecipe } from './security-case.js';
import type { SecurityLab } from './security-lab.js';

/** Who the cases call alice and bob. */
export const customers = { alice: 'c-ann', bob: 'c-bob' } as const;

const { privateKey: proofKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x, y, d } = proofKey.export({ format: 'jwk' });
/** The proof key k1 of the client: public, private, and the thumbprint of it (RFC 7638). */
export const k1 = {
  key: proofKey,
  public: { kty: 'EC', crv: 'P-256', x, y },
  private: { kty: 'EC', crv: 'P-256', x, y, d },
  thumbprint: createHash('sha256').update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y })).digest('base64url'),
};

const nowS = (): number => Math.floor(Date.now() / 1_000);

/** Makes the credentials that cases ask for. */
export class LabCredentials {
  readonly #lab: SecurityLab;
  readonly #forge: Forge;

  /** @param fill replaces placeholders inside recipes */
  constructor(lab: SecurityLab, fill: (text: string) => unknown) {
    const { a, b, evil } = lab.issuer.keys;
    this.#lab = lab;
    this.#forge = {
      keys: { 'idp.rs256': a.privateKey, 'idp.B': b.privateKey, 'evil.rs256': evil.privateKey, k1: proofKey },
      hmacSecret: JSON.stringify({ ...createPublicKey(a.privateKey).export({ format: 'jwk' }), kid: a.kid, use: 'sig', alg: 'RS256' }),
      fill,
      nowS,
    };
  }

  /** A good access token of a customer. */
  good(customer: keyof typeof customers = 'alice'): string {
    return this.token({ key: 'idp.rs256' }, customers[customer]);
  }

  token(recipe: TokenRecipe, sub: string = customers.alice): string {
    const header = { alg: 'RS256', typ: 'at+jwt', kid: this.#lab.issuer.keys.a.kid };
    const claims = {
      iss: this.#lab.issuer.origin,
      aud: this.#lab.audience,
      sub,
      client_id: 'shop-app',
      scope: 'shop.read shop.write',
      jti: randomUUID(),
      sid: `session-of-${sub}`,
      iat: nowS(),
      exp: nowS() + 60,
    };
    return forgeJws(recipe, { header, claims }, this.#forge);
  }

  /** A logout token (OpenID Connect Back-Channel Logout 1.0, 2.4) of alice's session, its claims and header overlaid. */
  logout(claims: Readonly<Record<string, unknown>>, header: Readonly<Record<string, unknown>> = {}, key = 'idp.rs256'): string {
    const { issuer, clientId } = this.#lab;
    const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const usual = { iss: issuer.origin, aud: clientId, iat: nowS(), exp: nowS() + 120, jti: randomUUID(), sub: customers.alice, sid: `session-of-${customers.alice}`, events: event };
    return forgeJws({ header, claims, key }, { header: { alg: 'RS256', typ: 'logout+jwt', kid: issuer.keys.a.kid }, claims: usual }, this.#forge);
  }

  /** A proof of the possession of k1 (RFC 9449 4.2) for a request with `token`. */
  proof(recipe: TokenRecipe, { method, path, token }: { readonly method: string; readonly path: string; readonly token: string }): string {
    const claims = {
      jti: randomUUID(),
      htm: method,
      htu: `http://127.0.0.1:${this.#lab.port}${path.split('?', 1)[0]}`,
      iat: nowS(),
      ath: createHash('sha256').update(token).digest('base64url'),
    };
    return forgeJws(recipe, { header: { typ: 'dpop+jwt', alg: 'ES256', jwk: k1.public }, claims }, this.#forge);
  }
}

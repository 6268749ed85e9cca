import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { JWKS } from 'oidc-provider';
import { encodePart } from '../src/access/jwt-part.js';

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

function signed(typ: string, claims: object, key: KeyObject, kid?: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const text = `${encodePart({ alg: 'ES256', typ, kid })}.${encodePart({ iat: now, exp: now + 60, jti: randomUUID(), ...claims })}`;
  return `${text}.${sign('SHA256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** Who vouches that an installed app is the one that was published (draft-ietf-oauth-attestation-based-client-auth-12). */
export class Attester {
  readonly #pair = newKey();
  readonly #installed = newKey();

  /** As the identity service knows it. */
  get keys(): JWKS {
    return { keys: [{ ...this.#pair.publicKey.export({ format: 'jwk' }), kid: 'attester', alg: 'ES256', use: 'sig' }] } as JWKS;
  }

  /** What an app that it vouches for sends beside one request for a token: its word for the app's key, and a proof with that key over the issuer's challenge. */
  async headers(clientId: string, issuer: string): Promise<Record<string, string>> {
    const { attestation_challenge: challenge } = (await (await fetch(`${issuer}/challenge`, { method: 'POST' })).json()) as { attestation_challenge: string };
    const jwk = this.#installed.publicKey.export({ format: 'jwk' });
    return {
      'oauth-client-attestation': signed('oauth-client-attestation+jwt', { sub: clientId, cnf: { jwk } }, this.#pair.privateKey, 'attester'),
      'oauth-client-attestation-pop': signed('oauth-client-attestation-pop+jwt', { aud: issuer, challenge }, this.#installed.privateKey),
    };
  }
}

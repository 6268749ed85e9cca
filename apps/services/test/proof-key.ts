import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { encodePart } from '../src/access/jwt-part.js';

/** A key by which a native client shows that a token is its own (DPoP, RFC 9449). */
export class ProofKey {
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  /** The key's thumbprint (RFC 7638), as tokens carry it in `cnf.jkt`. */
  get thumbprint(): string {
    const { crv, kty, x, y } = this.#pair.publicKey.export({ format: 'jwk' });
    return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  }

  /** A fresh proof for one POST to that address, as request headers. */
  proof(htu: string): { DPoP: string } {
    const header = { alg: 'ES256', typ: 'dpop+jwt', jwk: this.#pair.publicKey.export({ format: 'jwk' }) };
    const text = `${encodePart(header)}.${encodePart({ jti: randomUUID(), htm: 'POST', htu, iat: Math.floor(Date.now() / 1_000) })}`;
    return { DPoP: `${text}.${sign('SHA256', Buffer.from(text), { key: this.#pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}` };
  }
}

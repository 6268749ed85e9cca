import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { ClientKeys } from '../src/identity/identity.settings.js';
import { signJwt } from '../src/identity/sign-jwt.js';

/** A confidential client's key, as the client has it and as the identity service knows it. */
export class ClientKey {
  readonly #pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #kid = randomUUID();

  get settings(): ClientKeys {
    return { jwks: { keys: [{ ...this.#pair.publicKey.export({ format: 'jwk' }), kid: this.#kid, use: 'sig', alg: 'RS256' }] } as never };
  }

  /** The form fields by which the client proves who it is (RFC 7523, 2.2). */
  proof(clientId: string, issuer: string): Record<string, string> {
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const claims = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID(), iat: nowSeconds, exp: nowSeconds + 60 };
    return {
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: signJwt({ alg: 'RS256', kid: this.#kid }, claims, this.#pair.privateKey),
    };
  }
}

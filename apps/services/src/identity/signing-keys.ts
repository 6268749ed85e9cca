import { createPublicKey, generateKeyPair, randomBytes, type KeyObject } from 'node:crypto';
import type { JWKS } from 'oidc-provider';
import { promisify } from 'node:util';

/** A key of the issuer. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The RSA keys of one start; tokens of an earlier start are therefore no longer good. The first one signs, all are published. */
export class SigningKeys {
  #keys: readonly SigningKey[] = [];

  /** The key that signs. Throws when there is none yet. */
  get current(): SigningKey {
    const [key] = this.#keys;
    if (!key) throw new Error('there is no signing key yet');
    return key;
  }

  /** The ids of all published keys; the first one is that of the key that signs. */
  get kids(): readonly string[] {
    return this.#keys.map(({ kid }) => kid);
  }

  find(kid: unknown): SigningKey | undefined {
    return this.#keys.find((key) => key.kid === kid);
  }

  /** Publishes a fresh key, which signs from now on unless `sign` is false. Returns its id. */
  async publish(sign = true): Promise<string> {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    const key = { kid: randomBytes(12).toString('base64url'), privateKey, publicKey: createPublicKey(privateKey) };
    this.#keys = sign ? [key, ...this.#keys] : [...this.#keys, key];
    return key.kid;
  }

  /** Takes a key out of the set; false if there is no such key. The last key stays: throws a `RangeError`. */
  withdraw(kid: string): boolean {
    const rest = this.#keys.filter((key) => key.kid !== kid);
    if (rest.length === this.#keys.length) return false;
    if (rest.length === 0) throw new RangeError('the last signing key cannot be withdrawn');
    this.#keys = rest;
    return true;
  }

  /** The private keys as the provider wants them. */
  jwks(): JWKS {
    return { keys: this.#keys.map(({ kid, privateKey }) => ({ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' })) } as JWKS;
  }
}

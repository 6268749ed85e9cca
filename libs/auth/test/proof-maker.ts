import { constants, createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { Clock } from '@portico/core';

type Members = Record<string, unknown>;

/** How a proof differs from a good one; a member that is null is left out. */
export interface ProofChanges {
  readonly header?: Members;
  readonly claims?: Members;
}

const encode = (members: Members) => Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)))).toString('base64url');
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

/** A client with a key of its own, which makes proofs (RFC 9449 4.2). */
export class ProofMaker {
  readonly alg: string;
  readonly privateKey: KeyObject;
  readonly jwk: Members;
  /** Thumbprint of the key, for `cnf.jkt`. */
  readonly jkt: string;
  readonly #clock: Clock;

  constructor(clock: Clock, alg = 'ES256', rsaBits = 2_048) {
    const curve = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' }[alg];
    const pair = curve ? generateKeyPairSync('ec', { namedCurve: curve }) : /^Ed/.test(alg) ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: rsaBits });
    this.alg = alg;
    this.privateKey = pair.privateKey;
    this.jwk = { ...pair.publicKey.export({ format: 'jwk' }) };
    const { kty, crv, x, y, e, n } = this.jwk;
    this.jkt = sha256(JSON.stringify(kty === 'RSA' ? { e, kty, n } : kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x }));
    this.#clock = clock;
  }

  /** A proof for `token` at `htu`. */
  proof(token: string, method: string, htu: string, { header = {}, claims = {} }: ProofChanges = {}): string {
    const full = { typ: 'dpop+jwt', alg: this.alg, jwk: this.jwk, ...header };
    const iat = Math.floor(this.#clock.epochMs() / 1_000);
    const input = `${encode(full)}.${encode({ jti: randomUUID(), htm: method, htu, iat, ath: sha256(token), ...claims })}`;
    return `${input}.${this.#sign(Buffer.from(input))}`;
  }

  #sign(data: Buffer): string {
    const key = this.privateKey;
    const digest = `sha${this.alg.slice(2)}`;
    if (this.alg.startsWith('Ed')) return sign(null, data, key).toString('base64url');
    if (this.alg.startsWith('ES')) return sign(digest, data, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    const padding = this.alg.startsWith('PS') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
    return sign(digest, data, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }).toString('base64url');
  }
}

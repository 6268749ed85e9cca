import { webcrypto, type KeyObject } from 'node:crypto';

/** The key with which this gateway proves to the identity provider who it is (RFC 7523, `private_key_jwt`). */
export interface ClientKey {
  /** Id under which the provider knows the public half. */
  readonly kid: string;
  readonly algorithm: 'RS256' | 'PS256' | 'ES256';
  readonly privateKey: KeyObject;
}

const parameters: Readonly<Record<ClientKey['algorithm'], { readonly name: string; readonly hash?: string; readonly namedCurve?: string }>> = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
};

/** @throws TypeError when the key is none that its algorithm signs with */
export function assertServes({ kid, algorithm, privateKey }: ClientKey): void {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = privateKey;
  const serves = algorithm === 'ES256' ? type === 'ec' && details?.namedCurve === 'prime256v1' : type === 'rsa';
  if (privateKey.type !== 'private' || !serves) throw new TypeError(`The client key ${kid} does not serve ${algorithm}`);
}

/** The key in the form that Web Crypto signs with. */
export async function webCryptoKey({ algorithm, privateKey }: ClientKey): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', privateKey.export({ type: 'pkcs8', format: 'der' }), parameters[algorithm], false, ['sign']);
}

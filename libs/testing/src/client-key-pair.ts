import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key by which a BFF proves to the identity service who it is. */
export interface ClientKeyPair {
  /** For `auth.clientKeyFile`. */
  readonly file: string;
  /** The public half, as a JWK Set: what `SHOP_WEB_JWKS` or `<BFF>_BFF_JWKS` take. */
  readonly jwks: string;
  remove(): Promise<void>;
}

/** Makes a client key, and writes its private half to a file of its own. */
export async function makeClientKeyPair(): Promise<ClientKeyPair> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-client-key-'));
  const file = join(folder, 'client-key.json');
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(file, JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'k' }));
  const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] });
  return { file, jwks, remove: () => rm(folder, { recursive: true, force: true }) };
}

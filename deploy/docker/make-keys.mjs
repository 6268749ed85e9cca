// Makes what replicas of a BFF share, where it is not there yet: node make-keys.mjs FOLDER USER
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { chownSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', user = ''] = process.argv.slice(2);

/**
 * @param {string} name
 * @param {() => string} make
 */
function keep(name, make) {
  const path = join(folder, name);
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o400 });
  chownSync(path, Number(user), Number(user));
}

/** A private key for ES256 with an id, as a JWK (RFC 7517). */
function clientKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: randomUUID() });
}

for (const app of ['web-bff', 'mobile-bff', 'desktop-bff']) keep(`${app}.jwk.json`, clientKey);
keep('transaction-key', () => randomBytes(32).toString('base64url'));

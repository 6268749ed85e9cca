import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** Key and certificate, both PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

// DER (X.690) and the few identifiers that a certificate (RFC 5280) of this kind needs.
const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex');
const commonNameId = Buffer.from('0603550403', 'hex');
const alternativeNameId = Buffer.from('0603551d11', 'hex');
const dayMs = 86_400_000;

/** A certificate for `localhost` that nobody vouches for, made on the spot: valid for a day, with a key of its own. */
export function selfSigned(): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(commonNameId, tagged(0x0c, Buffer.from('localhost')))));
  const names = sequence(tagged(0x82, Buffer.from('localhost')));
  const extensions = sequence(sequence(alternativeNameId, tagged(0x04, names)));
  const facts = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(Date.now() - dayMs), time(Date.now() + dayMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, extensions),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', facts, privateKey)]);
  const certificate = sequence(facts, ecdsaWithSha256, tagged(0x03, signature));
  const base64 = certificate.toString('base64').replace(/.{64}/g, '$&\n');
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n` };
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function set(...parts: Buffer[]): Buffer {
  return tagged(0x31, Buffer.concat(parts));
}

function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/\D/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

import { generateKeyPairSync, sign } from 'node:crypto';

// DER (X.690), as much of it as a certificate needs.
const node = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const length = content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: Buffer[]): Buffer => node(0x30, ...parts);
const oid = (...bytes: number[]): Buffer => node(0x06, Buffer.from(bytes));
const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, node(0x04, value));

/** A fresh certificate for 127.0.0.1 that vouches for itself, with its key; both PEM. */
export function selfSigned(): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
  const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const name = sequence(node(0x31, sequence(oid(0x55, 0x04, 0x03), node(0x0c, Buffer.from('stub')))));
  const validity = sequence(node(0x17, Buffer.from('200101000000Z')), node(0x17, Buffer.from('491231235959Z')));
  const alternativeName = extension(oid(0x55, 0x1d, 0x11), sequence(node(0x87, Buffer.from([127, 0, 0, 1]))));
  const isAuthority = extension(oid(0x55, 0x1d, 0x13), sequence(node(0x01, Buffer.from([0xff]))));
  const version3 = node(0xa0, node(0x02, Buffer.from([2])));
  const serial = node(0x02, Buffer.from([1]));
  const body = sequence(version3, serial, ecdsaWithSha256, name, validity, name, publicKey, node(0xa3, sequence(isAuthority, alternativeName)));
  const certificate = sequence(body, ecdsaWithSha256, node(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
  const lines = certificate.toString('base64').match(/.{1,64}/g)!.join('\n');
  return { cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, key: privateKey };
}

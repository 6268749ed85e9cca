import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const decoders: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * Decodes a body (RFC 9110 8.4). Calls never ask for an encoding, but a service may use one all the same.
 * @throws Error for an unknown encoding, broken data, or more than `maxBytes` once decoded
 */
export async function decodeBody(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || body.length === 0) return body;
  const decode = decoders.get(name);
  if (!decode) throw new Error('the encoding is not known');
  return decode(body, { maxOutputLength: maxBytes });
}

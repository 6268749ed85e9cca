/** Where a push service is, and the key by which it knows who may use it. */
export interface PushAccess {
  /** Its public address without a slash at the end, as `https://push.example`. */
  readonly endpoint: string;
  readonly accessKey: string;
}

/** A key of fewer bytes is too weak for HS256 (RFC 7518 3.2). */
const minKeyBytes = 32;

/**
 * Reads `Endpoint=…;AccessKey=…;Version=1.0;`, names in any case.
 * @throws TypeError that names what is wrong, never the key
 */
export function readConnectionString(text: string): PushAccess {
  const parts = new Map(text.split(';').flatMap((part): [string, string][] => (part.includes('=') ? [[part.slice(0, part.indexOf('=')).trim().toLowerCase(), part.slice(part.indexOf('=') + 1).trim()]] : [])));
  const endpoint = parts.get('endpoint') ?? '';
  const accessKey = parts.get('accesskey') ?? '';
  const version = parts.get('version') ?? '1.0';
  if (!/^https?:\/\/[^\s?#]+$/.test(endpoint)) throw new TypeError('The connection string has no `Endpoint` that is an address with http or https');
  if (Buffer.byteLength(accessKey) < minKeyBytes) throw new TypeError(`The \`AccessKey\` of the connection string must have at least ${minKeyBytes} bytes`);
  if (!/^1\.\d+$/.test(version)) throw new TypeError('The `Version` of the connection string must be 1.0');
  return { endpoint: endpoint.replace(/\/+$/, ''), accessKey };
}

import { verify } from 'node:crypto';
import type { IssuerKey } from '../little-issuer.js';

/** Whether a form carries a good client assertion (RFC 7523 3) of that client for `audience`. */
export function isAssertion(form: URLSearchParams, { publicKey }: IssuerKey, clientId: string, audience: string): boolean {
  const [header = '', payload = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
  const data = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) return false;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
  return claims['iss'] === clientId && claims['sub'] === clientId && claims['aud'] === audience;
}

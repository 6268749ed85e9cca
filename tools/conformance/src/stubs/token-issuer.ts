import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { BackEnd } from './back-end.js';
import { listen } from './listen.js';

/** Signs the tokens of a case, and publishes the key under `jwksUri`. */
export interface TokenIssuer extends BackEnd {
  readonly jwksUri: string;
  /** An access token (RFC 9068) of any issuer's name. */
  token(issuer: string, audience: string, claims: Readonly<Record<string, unknown>>): string;
}

const kid = 'conformance';

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' }] };
  const server = createServer((_request, response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify(keys)));
  const port = await listen(server);
  return {
    port,
    jwksUri: `http://127.0.0.1:${port}/jwks`,
    token(iss, aud, claims) {
      const now = Math.floor(Date.now() / 1_000);
      const facts = { iss, aud, iat: now, exp: now + 600, jti: randomUUID(), client_id: 'conformance', sub: 'conformance', ...claims };
      const text = [{ alg: 'ES256', typ: 'at+jwt', kid }, facts].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
      return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

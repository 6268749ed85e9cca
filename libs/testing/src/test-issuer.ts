import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';

/** Claims that a test wants otherwise than usual. */
export interface TokenWish {
  /** Customer id; `c-ann` by default. */
  readonly user?: string;
  /** Space-separated; `shop.read shop.write` by default. */
  readonly scope?: string;
  readonly audience: string;
  /** How long it is good for, in seconds; 300 by default. */
  readonly lifetimeS?: number;
  /** Thumbprint of the key that the token is bound to (RFC 9449 6.1); bound to none by default. */
  readonly jkt?: string;
}

/** A token issuer with a real key, published over HTTP. */
export interface TestIssuer {
  readonly origin: string;
  token(wish: TokenWish): string;
  close(): Promise<void>;
}

/** Starts an issuer on a free port. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'test', use: 'sig', alg: 'RS256' }];
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host}`;
    const body = request.url === '/jwks' ? { keys } : { issuer: origin, jwks_uri: `${origin}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    token: ({ user = 'c-ann', scope = 'shop.read shop.write', audience, lifetimeS = 300, jkt }) =>
      jwt.sign({ scope, client_id: 'test', sid: 'session-1', jti: randomUUID(), ...(jkt !== undefined && { cnf: { jkt } }) }, privateKey, {
        header: { alg: 'RS256', typ: 'at+jwt', kid: 'test' },
        issuer: origin,
        audience,
        subject: user,
        expiresIn: lifetimeS,
      }),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

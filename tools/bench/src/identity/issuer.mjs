import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { signToken } from './token.mjs';

/** The gateway under test is this audience. */
export const audience = 'https://bench.portico.example';

/**
 * Starts a token issuer with one key: discovery document, key set, and one access token (RFC 9068) that holds for an hour.
 * @returns {Promise<{ origin: string, audience: string, token: string, close: () => void }>}
 */
export async function startIssuer() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = 'bench-1';
  /** @type {Record<string, unknown>} */
  const documents = { '/jwks': { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] } };
  const server = createServer((request, response) => {
    const document = documents[request.url ?? ''];
    response.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`;
  documents['/.well-known/openid-configuration'] = {
    issuer: origin,
    jwks_uri: `${origin}/jwks`,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  };
  const token = signToken(privateKey, kid, { iss: origin, aud: audience });
  return { origin, audience, token, close: () => void server.close() };
}

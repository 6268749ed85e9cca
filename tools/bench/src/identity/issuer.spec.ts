import { createPublicKey, verify, type JsonWebKeyInput } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssuer } from './issuer.mjs';

describe('the issuer of the benchmark', () => {
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  beforeAll(async () => void (issuer = await startIssuer()));
  afterAll(() => issuer.close());

  const json = async (url: string) => (await fetch(url)).json();
  const part = (index: number) => JSON.parse(Buffer.from(issuer.token.split('.')[index] ?? '', 'base64url').toString()) as Record<string, unknown>;

  it('gives a token that the key of its own key set verifies', async () => {
    const { issuer: name, jwks_uri } = (await json(`${issuer.origin}/.well-known/openid-configuration`)) as { issuer: string; jwks_uri: string };
    const { keys } = (await json(jwks_uri)) as { keys: (JsonWebKeyInput['key'] & { kid: string })[] };
    const [header, payload, signature = ''] = issuer.token.split('.');
    const key = createPublicKey({ key: keys[0] as JsonWebKeyInput['key'], format: 'jwk' });
    expect(name).toBe(issuer.origin);
    expect(keys[0]?.kid).toBe(part(0)['kid']);
    expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('gives an access token of RFC 9068 for the audience, valid for an hour', () => {
    expect(part(0)).toMatchObject({ typ: 'at+jwt', alg: 'RS256' });
    const claims = part(1) as { iat: number; exp: number };
    expect(claims).toMatchObject({ iss: issuer.origin, aud: 'https://bench.portico.example', sub: 'customer-1', client_id: 'bench', scope: 'shop.read' });
    expect(claims.exp - claims.iat).toBe(3_600);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJwt } from '../../test/jwt.js';
import { askToken, login, redeem } from '../../test/login.js';
import { ProofKey } from '../../test/proof-key.js';
import { startShop, type RunningShop } from '../start-shop.js';

const key = new ProofKey();
let shop: RunningShop;
let issuer: string;
let endpoint: string;
beforeAll(async () => {
  shop = await startShop({ only: ['identity'] });
  issuer = shop.urls.identity;
  endpoint = `${issuer}/token`;
});
afterAll(() => shop.close());

const bound = async (headers = key.proof(endpoint)) => redeem(issuer, await login(issuer, { client_id: 'shop-mobile' }), { client_id: 'shop-mobile' }, headers);
const refresh = (token: string | undefined, headers?: Record<string, string>) => askToken(issuer, { client_id: 'shop-mobile', grant_type: 'refresh_token', refresh_token: token ?? '' }, headers);

describe('a client with a proof key', () => {
  it('gets access tokens bound to that key', async () => {
    const { body } = await bound();
    expect(body.token_type).toBe('DPoP');
    expect(readJwt(body.access_token ?? '').claims.cnf).toEqual({ jkt: key.thumbprint });
  });

  it('OIDC-027 refreshes with fresh proofs of the same key only', async () => {
    const { body: first } = await bound();
    const { status, body: second } = await refresh(first.refresh_token, key.proof(endpoint));
    expect(status).toBe(200);
    expect(readJwt(second.access_token ?? '').claims.cnf).toEqual({ jkt: key.thumbprint });
    expect(await refresh(second.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await refresh(second.refresh_token, new ProofKey().proof(endpoint))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await refresh(second.refresh_token, key.proof(endpoint))).status).toBe(200);
  });

  it('uses a proof once, and only for the token endpoint', async () => {
    const proof = key.proof(endpoint);
    expect((await bound(proof)).status).toBe(200);
    expect(await bound(proof)).toMatchObject({ status: 400 });
    expect(await bound(key.proof('https://evil.example/token'))).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } });
  });

  it('finds the algorithms in discovery', async () => {
    const discovered = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
    expect(discovered.dpop_signing_alg_values_supported).toContain('ES256');
  });
});

describe('a client without one', () => {
  it('gets tokens that anybody can carry, as before', async () => {
    const { body } = await bound({} as never);
    expect(body.token_type).toBe('Bearer');
    expect(readJwt(body.access_token ?? '').claims.cnf).toBeUndefined();
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });
});

import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isSigned, readJwt } from '../../test/jwt.js';
import { askToken, login, redeem } from '../../test/login.js';
import { until } from '../../test/until.js';
import { InvalidFaultsError } from '../server/fault-settings.js';
import { startShop, type RunningShop } from '../start-shop.js';
import { obtainToken } from './obtain-token.js';

const waits: { readonly ms: number; readonly over: () => void }[] = [];
let shop: RunningShop;
let issuer: string;
beforeAll(async () => {
  const delay = (ms: number, signal: AbortSignal) =>
    new Promise<void>((over) => {
      signal.addEventListener('abort', () => over(), { once: true });
      waits.push({ ms, over });
    });
  shop = await startShop({ only: ['identity', 'pricing'], faultSources: { random: () => 0.5, delay } });
  issuer = shop.urls.identity;
});
afterAll(() => shop.close());
afterEach(() => {
  shop.identity.clearFaults();
  waits.length = 0;
  vi.useRealTimers();
});

const refresh = (token = '') => askToken(issuer, { grant_type: 'refresh_token', refresh_token: token });
const kidOf = (token = '') => readJwt(token).header.kid;
const sound = { tokenDelayMs: 0, tokenStatus: 200, nextIdToken: 'sound', accessTokenSeconds: 900, refreshTokenSeconds: 14 * 24 * 60 * 60 };

describe('the token endpoint', () => {
  it('waits as long as it is told, and answers then', async () => {
    const { body } = await redeem(issuer, await login(issuer));
    shop.identity.patchFaults({ tokenDelayMs: 5_000 });
    let answered = false;
    const answer = refresh(body.refresh_token).then((given) => ((answered = true), given));
    await until(() => waits.length === 1);
    expect([waits[0]?.ms, answered]).toEqual([5_000, false]);
    waits[0]?.over();
    expect((await answer).status).toBe(200);
  });

  it('answers 503 without using the refresh token up', async () => {
    const { body } = await redeem(issuer, await login(issuer));
    shop.identity.patchFaults({ tokenStatus: 503 });
    expect((await refresh(body.refresh_token)).status).toBe(503);
    expect((await request(issuer).get('/.well-known/openid-configuration')).status).toBe(200);
    shop.identity.clearFaults();
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });

  it('gives tokens of a shorter life', async () => {
    // The provider asks the process for the time; only that is held, so that the network goes on.
    vi.useFakeTimers({ toFake: ['Date'] });
    shop.identity.patchFaults({ accessTokenSeconds: 2, refreshTokenSeconds: 1 });
    const done = await login(issuer);
    const { body } = await redeem(issuer, done);
    const { iat, exp } = readJwt(body.access_token ?? '').claims as Record<string, number>;
    expect([body.expires_in, (exp ?? 0) - (iat ?? 0)]).toEqual([2, 2]);
    vi.setSystemTime(((iat ?? 0) + 1) * 1_000);
    expect(await refresh(body.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('the next ID token', () => {
  const idToken = async () => (await redeem(issuer, await login(issuer, { nonce: 'n-1' }))).body.id_token ?? '';

  it.each([
    ['nonce', { nonce: 'of-another-login' }],
    ['audience', { aud: 'another-client' }],
    ['issuer', { iss: 'https://another-issuer.example' }],
  ] as const)('has a wrong %s and a good signature, and the one after it is sound', async (nextIdToken, wrong) => {
    shop.identity.patchFaults({ nextIdToken });
    const tampered = await idToken();
    expect(readJwt(tampered).claims).toMatchObject({ sub: 'c-ann', aud: 'portico-cli', iss: issuer, nonce: 'n-1', ...wrong });
    expect(await isSigned(tampered, issuer)).toBe(true);
    expect(readJwt(await idToken()).claims).toMatchObject({ aud: 'portico-cli', iss: issuer, nonce: 'n-1' });
    expect(shop.identity.faults).toEqual(sound);
  });

  it('is expired', async () => {
    shop.identity.patchFaults({ nextIdToken: 'expired' });
    const tampered = await idToken();
    expect(readJwt(tampered).claims.exp).toBeLessThan(Date.now() / 1_000);
    expect(await isSigned(tampered, issuer)).toBe(true);
  });

  it('has no signature', async () => {
    shop.identity.patchFaults({ nextIdToken: 'unsigned' });
    const tampered = await idToken();
    expect(tampered).toMatch(/\.$/);
    expect(readJwt(tampered).header.alg).toBe('none');
  });

  it('stays sound for an answer without one', async () => {
    shop.identity.patchFaults({ nextIdToken: 'nonce' });
    await redeem(issuer, await login(issuer, { scope: 'shop.read' }));
    expect(shop.identity.faults.nextIdToken).toBe('nonce');
  });
});

describe('signing keys', () => {
  const published = async () => ((await (await fetch(`${issuer}/jwks`)).json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);

  it('are added beside the old one, sign, and are withdrawn; sessions and refresh tokens go on', async () => {
    const done = await login(issuer);
    const { body: first } = await redeem(issuer, done);
    const kid = await shop.identity.publishKey();
    expect(await published()).toEqual([kid, kidOf(first.access_token)]);
    const { body: second } = await refresh(first.refresh_token);
    expect([kidOf(second.access_token), await isSigned(second.access_token ?? '', issuer), await isSigned(first.access_token ?? '', issuer)]).toEqual([kid, true, true]);
    expect(await shop.identity.withdrawKey(String(kidOf(first.access_token)))).toBe(true);
    expect(await published()).toEqual([kid]);
    expect(await isSigned(first.access_token ?? '', issuer)).toBe(false);
    expect((await redeem(issuer, await login(issuer, { login_hint: undefined }, 'mobile', done.jar))).status).toBe(200);
  });

  it('are published before they sign, if that is wanted', async () => {
    const [signing] = await published();
    const kid = await shop.identity.publishKey({ sign: false });
    expect(await published()).toEqual([signing, kid]);
    expect(kidOf(await obtainToken({ user: 'bob', bff: 'web', issuer }))).toBe(signing);
    await shop.identity.withdrawKey(String(signing));
    expect(kidOf(await obtainToken({ user: 'bob', bff: 'web', issuer }))).toBe(kid);
  });

  it('are never all withdrawn', async () => {
    const [kid = ''] = await published();
    await expect(shop.identity.withdrawKey(kid)).rejects.toThrow('the last signing key cannot be withdrawn');
    expect(await shop.identity.withdrawKey('unknown')).toBe(false);
  });
});

describe('a stopped service', () => {
  it('refuses connections and is back as it was', async () => {
    const { body } = await redeem(issuer, await login(issuer));
    await shop.pause('identity');
    await expect(fetch(`${issuer}/jwks`)).rejects.toThrow();
    await shop.pause('identity');
    await shop.resume('identity');
    await shop.resume('identity');
    expect((await refresh(body.refresh_token)).status).toBe(200);
  });

  it('cuts off whoever still waits', async () => {
    shop.faults('pricing', { latencyMs: 600_000 });
    const answer = fetch(`${shop.urls.pricing}/prices/p-0001`).catch(() => 'cut off');
    await until(() => waits.length === 1);
    await shop.pause('pricing');
    expect(await answer).toBe('cut off');
    await shop.resume('pricing');
    shop.faults('pricing', { latencyMs: 0 });
    await request(shop.urls.pricing).get('/prices/p-0001').expect(200);
  });

  it('can be any, and is closed all the same', async () => {
    const other = await startShop({ only: ['pricing'] });
    await other.pause('pricing');
    await expect(fetch(`${other.urls.pricing}/health`)).rejects.toThrow();
    await other.close();
  });
});

describe('the switches over HTTP', () => {
  it('read, set and clear faults, and say what is wrong with them', async () => {
    const at = '/__faults/identity';
    await request(issuer).get(at).expect(200, sound);
    await request(issuer).put(at).send({ tokenStatus: 503 }).expect(200, { ...sound, tokenStatus: 503 });
    expect(shop.identity.faults.tokenStatus).toBe(503);
    const { body } = await request(issuer).put(at).send({ nextIdToken: 'pink', speed: 1 }).expect(400);
    expect(body.faults).toContain('speed is unknown');
    await request(issuer).delete(at).expect(200, sound);
    expect(() => shop.identity.patchFaults({ tokenDelayMs: -1 })).toThrow(InvalidFaultsError);
    expect(() => shop.identity.replaceFaults(null)).toThrow(InvalidFaultsError);
  });

  it('publish and withdraw keys', async () => {
    const at = '/__faults/identity/keys';
    const { body: added } = await request(issuer).post(at).expect(201);
    const { body: waiting } = await request(issuer).post(`${at}?sign=false`).expect(201);
    const { body } = await request(issuer).get(at).expect(200);
    expect(body.items[0]).toEqual({ kid: added.kid, signs: true });
    expect(body.items.at(-1)).toEqual({ kid: waiting.kid, signs: false });
    for (const { kid } of body.items.slice(1)) await request(issuer).delete(`${at}/${kid}`).expect(204);
    await request(issuer).delete(`${at}/${added.kid}`).expect(409);
    await request(issuer).delete(`${at}/unknown`).expect(404);
  });

  it('stay out of the journal, work while the service is faulty, and belong to the identity service alone', async () => {
    shop.faults('identity', { errorRate: 1 });
    await request(issuer).get('/__faults/identity').expect(200);
    expect(shop.requests('identity').some(({ url }) => url.startsWith('/__faults'))).toBe(false);
    shop.faults('identity', { errorRate: 0 });
    await request(shop.urls.pricing).get('/__faults/identity').expect(404);
  });
});

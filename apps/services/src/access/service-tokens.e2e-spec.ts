import { generateKeyPairSync } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventClient } from '../../test/event-client.js';
import { readJwt } from '../../test/jwt.js';
import { askToken } from '../../test/login.js';
import { obtainToken } from '../identity/obtain-token.js';
import { serviceAudience } from '../identity/service-audience.js';
import { signJwt } from '../identity/sign-jwt.js';
import { accessTokenType, tokenExchangeGrant } from '../identity/token-grant.js';
import type { ServiceName } from '../service-catalogue.js';
import { startShop, type RunningShop } from '../start-shop.js';

const secret = 'a secret of more than 32 characters';
const basic = { authorization: `Basic ${Buffer.from(`web-bff:${encodeURIComponent(secret)}`).toString('base64')}` };
const identity = { serviceClients: { web: { secret } } };
let shop: RunningShop;
let strict: RunningShop;
beforeAll(async () => {
  shop = await startShop({ identity });
  strict = await startShop({ only: ['identity', 'catalog', 'shipping', 'ordering', 'pricing', 'inventory'], identity, serviceTokens: { mode: 'required' } });
});
afterAll(() => Promise.all([shop.close(), strict.close()]));

/** A token by which the web BFF calls a service for a user. */
async function onBehalf(user: string, name: ServiceName, { urls } = shop): Promise<string> {
  const subject = await obtainToken({ user, bff: 'web', issuer: urls.identity });
  const form = { client_id: 'web-bff', grant_type: tokenExchangeGrant, subject_token: subject, subject_token_type: accessTokenType, audience: serviceAudience(name) };
  return (await askToken(urls.identity, form, basic)).body.access_token ?? '';
}

/** A token by which the web BFF calls a service for itself. */
async function ownToken(name: ServiceName, { urls } = shop): Promise<string> {
  return (await askToken(urls.identity, { client_id: 'web-bff', grant_type: 'client_credentials', resource: serviceAudience(name), scope: 'shop.read' }, basic)).body.access_token ?? '';
}

const call = (name: ServiceName, path: string, token: string, { urls } = shop) => request(urls[name]).get(path).set('authorization', `Bearer ${token}`);

describe('a service that is called with a token', () => {
  it('answers for a good one, time and again, and for none', async () => {
    const token = await onBehalf('ann', 'catalog');
    for (let count = 0; count < 3; count += 1) await call('catalog', '/products/p-0001', token).expect(200);
    await call('catalog', '/products/p-0001', await ownToken('catalog')).expect(200);
    await request(shop.urls.catalog).get('/products/p-0001').expect(200);
    await request(shop.urls.catalog).get('/products/p-0001').set('authorization', 'Basic eDp5').expect(200);
  });

  it('refuses one that is not for it, not good or bound to a key, with the challenge of RFC 6750', async () => {
    const good = await onBehalf('ann', 'catalog');
    const { header, claims } = readJwt(good);
    const own = shop.identity.keys.current.privateKey;
    const forged = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const wrong = {
      'for another service': await onBehalf('ann', 'basket'),
      'for a BFF': await obtainToken({ user: 'ann', bff: 'web', issuer: shop.urls.identity }),
      'no JWT': 'x',
      empty: '',
      'expired': signJwt(header, { ...claims, exp: nowSeconds - 10 }, own),
      'without expiry': signJwt(header, { ...claims, exp: undefined }, own),
      'issued in the future': signJwt(header, { ...claims, iat: nowSeconds + 60 }, own),
      'of another issuer': signJwt(header, { ...claims, iss: `${claims.iss}/` }, own),
      'for an audience that only begins alike': signJwt(header, { ...claims, aud: `${claims.aud}/x` }, own),
      'of another type': signJwt({ ...header, typ: 'JWT' }, claims, own),
      'a logout token': signJwt({ ...header, typ: 'logout+jwt' }, claims, own),
      'with critical extensions': signJwt({ ...header, crit: ['b64'], b64: false }, claims, own),
      'of an unknown key': signJwt({ ...header, kid: '../../dev/null' }, claims, own),
      'of a forged key': signJwt(header, claims, forged),
      'with a key of its own': signJwt({ ...header, jwk: {} }, claims, own),
      'without a subject': signJwt(header, { ...claims, sub: undefined }, own),
      'bound to a key': signJwt(header, { ...claims, cnf: { jkt: 'x' } }, own),
      unsigned: `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${good.split('.')[1]}.`,
      padded: `${good}=`,
      changed: good.replace(/\.[^.]+\./, `.${Buffer.from(JSON.stringify({ ...claims, scope: 'shop.operate' })).toString('base64url')}.`),
    };
    for (const [what, token] of Object.entries(wrong)) {
      const { status, headers, body } = await call('catalog', '/products/p-0001', token);
      expect([status, headers['www-authenticate'], body], what).toEqual([401, 'Bearer error="invalid_token"', { error: 'unauthorized' }]);
    }
    await call('catalog', '/products/p-0001', good).expect(200);
  });

  it('takes a token of a new key at once, goes on while the issuer is down, and never fetches for each unknown key', async () => {
    await call('pricing', '/prices/p-0001', await onBehalf('ann', 'pricing')).expect(200);
    const fresh = await startShop({ only: ['identity', 'pricing'], identity });
    const first = await onBehalf('ann', 'pricing', fresh);
    await call('pricing', '/prices/p-0001', first, fresh).expect(200);
    await fresh.pause('identity');
    await call('pricing', '/prices/p-0001', first, fresh).expect(200);
    const { claims, header } = readJwt(first);
    for (let count = 0; count < 20; count += 1) await call('pricing', '/prices/p-0001', signJwt({ ...header, kid: `k-${count}` }, claims, fresh.identity.keys.current.privateKey), fresh).expect(401);
    await fresh.resume('identity');
    expect(fresh.requests('identity').filter(({ url }) => url === '/jwks').length).toBeLessThanOrEqual(2);
    await fresh.close();
  });
});

describe('what belongs to a customer', () => {
  const own: readonly (readonly [ServiceName, string, string])[] = [
    ['basket', '/baskets/c-ann', '/baskets/c-bob'],
    ['customers', '/customers/c-ann', '/customers/c-bob'],
    ['recommendations', '/customers/c-ann/picks', '/customers/c-bob/picks'],
    ['ordering', '/orders?customerId=c-ann', '/orders?customerId=c-bob'],
    ['ordering', '/orders?customerId=c-ann', '/orders'],
    ['ordering', '/orders?customerId=c-ann', '/orders/summary'],
  ];

  it.each(own)('is open at %s %s to ann, to an operator and to a client, and %s is not open to ann', async (name, hers, others) => {
    const ann = await onBehalf('ann', name);
    await call(name, hers, ann).expect(200);
    const { headers } = await call(name, others, ann).expect(403, { error: 'forbidden' });
    expect(headers['www-authenticate']).toBe('Bearer error="insufficient_scope"');
    await call(name, others, await onBehalf('eve', name)).expect(200);
    await call(name, others, await ownToken(name)).expect(200);
    await request(shop.urls[name]).get(others).expect(200);
  });

  it('cannot be changed by another customer', async () => {
    const as = async (name: ServiceName) => ({ authorization: `Bearer ${await onBehalf('ann', name)}` });
    const line = { lines: [{ productId: 'p-0001', quantity: 1 }] };
    const order = { customerId: 'c-bob', ...line, addressId: 'a-bob-1', shippingOption: 'standard', paymentMethod: 'card' };
    await request(shop.urls.basket).post('/baskets/c-bob/lines').set(await as('basket')).send(line).expect(403);
    await request(shop.urls.basket).post('/baskets/c-ann/lines').set(await as('basket')).send(line).expect(200);
    await request(shop.urls.customers).patch('/customers/c-bob').set(await as('customers')).send({ displayName: 'Ann' }).expect(403);
    await request(shop.urls.ordering).post('/orders').set(await as('ordering')).send(order).expect(403);
    await request(shop.urls.ordering).post('/orders').set(await as('ordering')).send({ ...order, customerId: 'c-ann', addressId: 'a-ann-1' }).expect(201);
  });

  it('does not exist for another customer where an order is named', async () => {
    const { body } = await request(shop.urls.ordering).get('/orders?customerId=c-bob&status=placed&limit=1').expect(200);
    const id: string = body.items[0].id;
    const as = { authorization: `Bearer ${await onBehalf('ann', 'ordering')}` };
    await request(shop.urls.ordering).get(`/orders/${id}`).set(as).expect(404, { error: 'not found' });
    await request(shop.urls.ordering).post(`/orders/${id}/cancel`).set(as).expect(404);
    await request(shop.urls.ordering).post(`/orders/${id}/advance`).set(as).expect(404);
    const { body: outcome } = await request(shop.urls.ordering).post('/orders/actions').set(as).send({ action: 'cancel', ids: [id] }).expect(200);
    expect(outcome).toEqual({ results: [{ id, ok: false, reason: 'not found' }] });
    await request(shop.urls.ordering).get(`/orders/${id}`).set('authorization', `Bearer ${await onBehalf('bob', 'ordering')}`).expect(200);
  });
});

describe('services that require a token', () => {
  it('refuse a call without one by a bare challenge', async () => {
    const { headers } = await request(strict.urls.catalog).get('/products/p-0001').expect(401, { error: 'unauthorized' });
    expect(headers['www-authenticate']).toBe('Bearer');
    await request(strict.urls.catalog).get('/products/p-0001').set('authorization', 'Basic eDp5').expect(401);
    await call('catalog', '/products/p-0001', await onBehalf('ann', 'catalog', strict), strict).expect(200);
  });

  it.each([['ordering', '/orders/events'], ['pricing', '/prices/ticks'], ['inventory', '/alerts/events']] as const)('let clients and operators listen to %s at %s, and nobody else', async (name, path) => {
    const statusFor = async (token?: string): Promise<number> => {
      const client = await EventClient.open(`${strict.urls[name]}${path}`, token === undefined ? {} : { authorization: `Bearer ${token}` });
      client.leave();
      return client.response.status;
    };
    expect([await statusFor(), await statusFor(await onBehalf('ann', name, strict))]).toEqual([401, 403]);
    expect([await statusFor(await onBehalf('eve', name, strict)), await statusFor(await ownToken(name, strict))]).toEqual([200, 200]);
  });

  it('still show health, contract, faults and journal', async () => {
    for (const path of ['/health', '/openapi.json', '/__faults', '/__requests']) await request(strict.urls.catalog).get(path).expect(200);
    await request(strict.urls.shipping).get('/shipping?wsdl').expect(200);
    await request(strict.urls.shipping).post('/shipping').set('content-type', 'text/xml').send('<x/>').expect(401);
  });

  it('do not start without an issuer', async () => {
    await expect(startShop({ only: ['catalog'], serviceTokens: { mode: 'required' } })).rejects.toThrow('it is not said who issues them');
  });

  it('answer 503 while they have never had a key', async () => {
    const lonely = await startShop({ only: ['catalog'], serviceTokens: { mode: 'required', issuer: 'http://127.0.0.1:1' } });
    await call('catalog', '/products/p-0001', await onBehalf('ann', 'catalog'), lonely).expect(503, { error: 'keys unavailable' });
    await lonely.close();
  });

  it('trust the issuer of another process', async () => {
    const apart = await startShop({ only: ['catalog'], serviceTokens: { mode: 'required', issuer: shop.urls.identity } });
    await call('catalog', '/products/p-0001', await onBehalf('ann', 'catalog'), apart).expect(200);
    await apart.close();
  });
});

describe('services that do not look at tokens', () => {
  it('answer whatever is sent', async () => {
    const off = await startShop({ only: ['identity', 'basket'], serviceTokens: { mode: 'off' } });
    await call('basket', '/baskets/c-bob', 'x', off).expect(200);
    await off.close();
    const alone = await startShop({ only: ['basket'] });
    await call('basket', '/baskets/c-bob', 'x', alone).expect(200);
    await alone.close();
  });
});

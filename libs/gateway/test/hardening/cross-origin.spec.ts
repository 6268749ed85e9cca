import { PorticoError, type Policy } from '@portico/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stubService } from '../routes/route-app.js';
import { startApp } from '../start-app.js';
import { startHardened, type HardenedApp } from './hardened-app.js';

const home = 'https://app.shop.example';
const foreign = ['https://evil.example', `${home}.evil.test`, 'http://app.shop.example', 'https://APP.SHOP.EXAMPLE', `${home}:8443`, `${home}:443`, `${home}/`, 'https://shop.example', 'null', '*'];
const closed: Policy = { name: 'closed', compile: (endpoint) => (endpoint.kind === 'system' ? undefined : { inbound: (context) => { if (context.header('x-open') === undefined) throw new PorticoError('TOKEN_MISSING'); } }) };
const routes = [{ match: { path: '/wares/{id}', methods: ['GET', 'POST', 'TRACE'] } }, { match: { path: '/any/{id}' } }, { match: { path: '/things/{id}', methods: ['PATCH'] } }];

let app: HardenedApp;
beforeAll(async () => {
  const shop = await stubService((_, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('Access-Control-Allow-Credentials', 'true');
    response.setHeader('access-control-expose-headers', 'x-total');
    response.setHeader('vary', 'accept');
    response.end('fine');
  });
  app = await startHardened({ routes, policies: [closed], overrides: { cors: { origins: ['https://other.shop.example', home] } } }, shop);
});
afterAll(() => app.close());

const preflight = (path: string, origin: string, method = 'POST') => app.client.options(path).set('origin', origin).set('access-control-request-method', method).set('access-control-request-headers', 'x-csrf,content-type');
const grants = (headers: Record<string, string>): string[] => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('a preflight', () => {
  it('of a configured origin is answered before every policy', async () => {
    app.reached.length = 0;
    const { headers, text } = await preflight('/things', home).expect(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': home,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type, x-csrf, x-correlation-id, traceparent',
      'access-control-max-age': '600',
      vary: 'Origin',
      'x-content-type-options': 'nosniff',
    });
    expect([text, app.reached]).toEqual(['', []]);
    expect(await app.logged(({ id }) => id === headers['x-correlation-id'])).toMatchObject({ status: 204 });
  });

  it.each([
    ['/things/1', 'DELETE, GET, HEAD, PATCH'],
    ['/things/1?x=1', 'DELETE, GET, HEAD, PATCH'],
    ['/wares/1', 'GET, POST'],
    ['/any/1', 'DELETE, GET, HEAD, PATCH, POST, PUT'],
    ['/health/live', 'GET, HEAD'],
  ])('of %s names the methods that the address takes: %s', async (path, methods) => {
    for (const asked of ['POST', 'TRACE']) expect((await preflight(path, home, asked).expect(204)).headers['access-control-allow-methods']).toBe(methods);
  });

  it.each(foreign)('of the origin %s is refused, and tells nothing', async (origin) => {
    const { headers, body } = await preflight('/things', origin).expect(403);
    expect([body.code, grants(headers), headers.vary]).toEqual(['ORIGIN_FORBIDDEN', [], 'Origin']);
  });

  it('of an unknown address is refused, and tells nothing', async () => {
    const { headers, body } = await preflight('/nowhere', home).expect(404);
    expect([body.code, grants(headers), headers.vary]).toEqual(['ROUTE_NOT_FOUND', [], 'Origin']);
  });

  it('reaches no service', async () => {
    const before = app.shop.seen.length;
    await preflight('/any/1', home).expect(204);
    await preflight('/any/1', 'https://evil.example').expect(403);
    expect(app.shop.seen).toHaveLength(before);
  });

  it('is no request of OPTIONS that asks for no method, or comes from no page', async () => {
    await app.client.options('/any/1').set('origin', home).set('x-open', '1').expect(200);
    await app.client.options('/any/1').set('access-control-request-method', 'GET').set('x-open', '1').expect(200);
  });
});

describe('an answer', () => {
  it.each(['/things/1', '/wares/1'])('of %s may be read by a page of a configured origin, refusals too', async (path) => {
    for (const open of [true, false]) {
      const { headers, status } = await app.client.get(path).set('origin', home).set(open ? { 'x-open': '1' } : {});
      expect([status, headers['access-control-allow-origin'], headers['access-control-allow-credentials']]).toEqual([open ? 200 : 401, home, 'true']);
      expect(headers.vary).toMatch(/Origin$/);
    }
  });

  it.each(['/things/1', '/wares/1', '/nowhere', '/things/%zz'])('of %s grants a page of another origin nothing, and varies by it', async (path) => {
    for (const origin of foreign) {
      const { headers } = await app.client.get(path).set('origin', origin).set('x-open', '1');
      expect([grants(headers).filter((name) => name !== 'access-control-expose-headers'), headers.vary?.includes('Origin')]).toEqual([[], true]);
    }
  });

  it('keeps what it varies by', async () => {
    expect((await app.client.get('/things/1/kept').set('x-open', '1')).headers.vary).toBe('accept-language, Origin');
    expect((await app.client.get('/wares/1').set('x-open', '1')).headers.vary).toBe('accept, Origin');
  });
});

describe('a gateway without configured origins', () => {
  it('says nothing about CORS', async () => {
    const plain = await startHardened();
    const asked = await plain.client.options('/things').set('origin', home).set('access-control-request-method', 'POST');
    const read = await plain.client.get('/things/1').set('origin', home);
    expect([asked.status, grants(asked.headers), read.status, grants(read.headers), read.headers.vary]).toEqual([405, [], 200, [], undefined]);
    await plain.close();
  });

  it('lets cookies be left out', async () => {
    const bare = await startHardened({ overrides: { cors: { origins: [home], credentials: false, headers: ['x-a'], maxAgeS: 5 } } });
    const { headers } = await bare.client.options('/things').set('origin', home).set('access-control-request-method', 'POST').expect(204);
    expect([headers['access-control-allow-credentials'], headers['access-control-allow-headers'], headers['access-control-max-age']]).toEqual([undefined, 'x-a', '5']);
    await bare.close();
  });
});

describe('a list of origins', () => {
  it.each(['*', 'null', 'https://Shop.example', 'https://shop.example/', 'https://shop.example:443', 'shop.example', 'https://*.shop.example/'])('is refused at start with %s', async (origin) => {
    await expect(startApp({ overrides: { cors: { origins: [origin] } } })).rejects.toThrow(/cors\.origins|CORS_ORIGINS/);
  });
});

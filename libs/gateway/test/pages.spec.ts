import { PorticoError, type Policy } from '@portico/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pagePolicy, type Page } from '../src/index.js';
import { startApp, type TestApp } from './start-app.js';

const closed: Policy = { name: 'closed', compile: (endpoint) => (['system', 'none'].includes(endpoint.kind) ? undefined : { inbound: () => Promise.reject(new PorticoError('TOKEN_MISSING')) }) };
const pages: readonly Page[] = [
  { path: '/', type: 'text/html; charset=utf-8', text: '<!doctype html><title>Shop</title>', policy: pagePolicy },
  { path: '/shop/shop.js', type: 'text/javascript; charset=utf-8', text: 'void 0;\n' },
];

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ policies: [closed], definition: { pages } });
});
afterAll(() => app.close());

describe('a page of the team', () => {
  it('is served to everybody, and may load what its policy says', async () => {
    const { text, headers } = await app.client.get('/').expect(200);
    expect(text).toBe('<!doctype html><title>Shop</title>');
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': pagePolicy, 'referrer-policy': 'no-referrer', 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
  });

  it('has scripts of its own, which load nothing', async () => {
    const { text, headers } = await app.client.get('/shop/shop.js').buffer(true).expect(200);
    expect(text).toBe('void 0;\n');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain("'self'");
  });

  it('answers HEAD as GET, and no other method', async () => {
    const head = await app.client.head('/').expect(200);
    expect([head.headers['content-length'], head.text]).toEqual([String('<!doctype html><title>Shop</title>'.length), undefined]);
    const { headers, body } = await app.client.post('/').expect(405);
    expect([headers.allow, body.code]).toEqual(['GET, HEAD', 'METHOD_NOT_ALLOWED']);
  });

  it('is logged under its path', async () => {
    await app.client.get('/').expect(200);
    expect(await app.logged(({ msg, route }) => msg === 'request' && route === '/')).toMatchObject({ status: 200, method: 'GET' });
  });

  it('stands in no OpenAPI document', async () => {
    const { body } = await app.client.get('/openapi.json').expect(200);
    expect(body.paths).toEqual({});
  });

  it('leaves every other address as it was', async () => {
    await app.client.get('/shop').expect(404);
    await app.client.get('/docs').expect(200);
  });
});

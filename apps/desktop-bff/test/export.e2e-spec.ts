import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { sendRequest, startTestGateway, startTestShop, type TestGateway, type TestShop } from '@portico/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';
import { Relay } from './relay.js';

const columns = ['id', 'sku', 'name', 'brand', 'category', 'currency', 'priceCents', 'listPriceCents', 'discountPercent', 'available', 'ratingAverage', 'ratingCount', 'weightGrams', 'createdAt'];

describe('GET /api/products/export', () => {
  let shop: TestShop;
  let catalog: Relay;
  let pricing: Relay;
  let bff: TestGateway;

  beforeAll(async () => {
    shop = await startTestShop();
    catalog = await Relay.start(shop.origins.catalog as string);
    pricing = await Relay.start(shop.origins.pricing as string);
    bff = await startTestGateway(desktopBff, { ...shop.origins, catalog: catalog.origin, pricing: pricing.origin });
  });

  afterEach(() => {
    catalog.plan = (url) => catalog.pass(url);
    pricing.plan = (url) => pricing.pass(url);
  });

  afterAll(async () => {
    await bff.close();
    await catalog.close();
    await pricing.close();
    await shop.close();
  });

  const ask = (query = '', headers: Record<string, string> = {}) =>
    fetch(`${bff.url}/api/products/export${query}`, { headers: { authorization: `Bearer ${bff.token()}`, ...headers } });
  const rowsOf = (text: string) => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

  /** An export whose client reads when the test says so. */
  const open = async (correlationId: string): Promise<IncomingMessage> => {
    const request = sendRequest(`${bff.url}/api/products/export`, { headers: { authorization: `Bearer ${bff.token()}`, 'x-correlation-id': correlationId } }).end();
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    answer.on('error', () => {});
    await once(answer, 'readable');
    return answer;
  };

  /** Enough work of the same kind, one after the other, for an export that goes on to get on. */
  const otherWork = async (): Promise<void> => {
    for (let round = 0; round < 5; round++) await bff.as({ user: 'c-eve' }).get('/api/products?limit=200').expect(200);
  };

  it('streams every product as NDJSON, the same rows as the table shows', async () => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.headers.get('content-length')).toBeNull();
    const rows = rowsOf(await answer.text());
    expect(rows).toHaveLength(1_200);
    expect(Object.keys(rows[0] ?? {})).toEqual(columns);
    const { body } = await bff.as().get('/api/products?limit=200&offset=400').expect(200);
    expect(rows.slice(400, 600)).toEqual(body.items);
  });

  it('streams every product as CSV to who prefers that', async () => {
    const answer = await ask('', { accept: 'text/csv' });
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines[0]).toBe(columns.join(','));
    expect(lines).toHaveLength(1_201);
    const [first] = rowsOf(await (await ask('', { accept: 'application/x-ndjson' })).text());
    expect(lines[1]).toBe(columns.map((column) => first?.[column]).join(','));
  });

  it('keeps to filter and order of the table', async () => {
    const rows = rowsOf(await (await ask('?category=garden&sort=-price')).text());
    const { body } = await bff.as().get('/api/products?category=garden&sort=-price&limit=200').expect(200);
    expect(rows).toEqual(body.items);
  });

  it('is empty when nothing matches', async () => {
    const answer = await ask('?q=zzzzz');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  it('asks for six pages of 200, each with one call to every service', async () => {
    const answer = await ask('', { 'x-correlation-id': 'export-six-pages' });
    await answer.text();
    expect(catalog.offsets('export-six-pages')).toEqual(['0', '200', '400', '600', '800', '1000']);
    expect(pricing.offsets('export-six-pages')).toHaveLength(6);
    for (const service of ['inventory', 'reviews']) {
      const { items } = (await (await fetch(`${shop.origins[service]}/__requests`)).json()) as { items: { headers: Record<string, string> }[] };
      expect(items.filter((request) => request.headers['x-correlation-id'] === 'export-six-pages')).toHaveLength(6);
    }
  });

  it('reads no further than its client does, and asks for nothing once the client has left', { timeout: 60_000 }, async () => {
    // A catalog without end, of rows so wide that the buffers between here and there hold some pages of them, and not a thousand.
    catalog.plan = async (url) => {
      url.searchParams.set('offset', String(Number(url.searchParams.get('offset')) % 1_200));
      const page = (await catalog.pass(url)).body as { items: { name: string }[] };
      return { status: 200, body: { ...page, total: 200_000, items: page.items.map((item) => ({ ...item, name: item.name.padEnd(4_000, '.') })) } };
    };
    const answer = await open('export-slow-reader');
    let seen = 0;
    while (catalog.offsets('export-slow-reader').length > seen) {
      seen = catalog.offsets('export-slow-reader').length;
      await otherWork();
    }
    expect(seen).toBeLessThan(50);
    answer.destroy();
    await otherWork();
    expect(catalog.offsets('export-slow-reader')).toHaveLength(seen);
  });

  it('gives the page up that is on its way when the client leaves', async () => {
    let gone!: () => void;
    const abandoned = new Promise<void>((resolve) => (gone = resolve));
    let asked!: () => void;
    const onItsWay = new Promise<void>((resolve) => (asked = resolve));
    catalog.plan = async (url, left) => {
      if (url.searchParams.get('offset') !== '200') return catalog.pass(url);
      asked();
      await left;
      gone();
      return catalog.pass(url);
    };
    const answer = await open('export-abandoned');
    answer.resume();
    await onItsWay;
    answer.destroy();
    await abandoned;
    await otherWork();
    expect(catalog.offsets('export-abandoned')).toEqual(['0', '200']);
  });

  it('breaks the stream when a page fails in the middle: never a shorter export', async () => {
    catalog.plan = async (url) => (url.searchParams.get('offset') === '600' ? { status: 404, body: {} } : catalog.pass(url));
    const answer = await ask();
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
  });

  it('breaks the stream when prices fail in the middle: the header that would say so has left', async () => {
    let calls = 0;
    pricing.plan = async (url) => (++calls > 2 ? { status: 404, body: {} } : pricing.pass(url));
    const answer = await ask();
    expect(answer.headers.get('portico-degraded')).toBeNull();
    await expect(answer.text()).rejects.toThrow();
  });

  it('exports without prices, and says so, when they fail from the start', async () => {
    pricing.plan = async () => ({ status: 404, body: {} });
    const answer = await ask();
    expect(answer.headers.get('portico-degraded')).toBe('prices;reason=invalid');
    const rows = rowsOf(await answer.text());
    expect(rows).toHaveLength(1_200);
    expect(rows.at(-1)).toMatchObject({ id: 'p-1200', currency: null, priceCents: null });
  });

  it('answers with a problem when the first page fails', async () => {
    catalog.plan = async () => ({ status: 404, body: {} });
    const answer = await ask();
    expect(answer.status).toBe(502);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
  });

  it('lists every fault of a query, paging included: an export has no pages', async () => {
    const { body } = await bff.as().get('/api/products/export?limit=10&sort=weight').expect(400);
    expect(body.faults.map((fault: { path: string }) => fault.path).sort()).toEqual(['query.limit', 'query.sort']);
  });

  it('asks for a token with the scope to read', async () => {
    await bff.anonymous.get('/api/products/export').expect(401);
    await bff.as({ scope: 'shop.write' }).get('/api/products/export').expect(403);
  });

  it('lets nothing out that the services keep to themselves, and is kept by nobody', async () => {
    const answer = await ask();
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).not.toMatch(/supplier|internal|warehouse|description/i);
  });
});

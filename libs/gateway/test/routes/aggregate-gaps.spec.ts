import type { FakeHandler, SeenRequest } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { answering, startAggregates } from './aggregate-app.js';

// What KrakenD's users ask for and its configuration cannot say: each gap is a promise of configured aggregates too.

const failing = answering(500, 'SELECT failed at 10.0.0.7');
const queryOf = ({ url }: SeenRequest): URLSearchParams => new URL(url, 'http://service').searchParams;

describe('gap (a): required or optional per part', () => {
  const parts = (required: boolean) => ({ product: { route: 'catalog', required: true }, stock: { route: 'inventory', required } });
  const start = (inventory: FakeHandler) =>
    startAggregates({
      services: { catalog: () => ({ name: 'Lamp' }), inventory },
      aggregates: { tolerant: { match: { path: '/tolerant' }, parts: parts(false) }, strict: { match: { path: '/strict' }, parts: parts(true) } },
    });

  it('answers whole when every part is there', async () => {
    const { client } = await start(() => ({ left: 3 }));
    for (const path of ['/tolerant', '/strict']) {
      const { body, headers } = await client.get(path);
      expect([body, headers['portico-degraded']]).toEqual([{ product: { name: 'Lamp' }, stock: { left: 3 } }, undefined]);
    }
  });

  it('answers with null and says so when an optional part fails', async () => {
    const { client } = await start(failing);
    const { body, headers } = await client.get('/tolerant');
    expect([body, headers['portico-degraded']]).toEqual([{ product: { name: 'Lamp' }, stock: null }, 'stock;reason=invalid']);
  });

  it('fails as a whole, with nothing of the service in it, when the same part is required', async () => {
    const { client } = await start(failing);
    const { status, text, headers } = await client.get('/strict');
    expect([status, headers['content-type'], headers['portico-degraded']]).toEqual([502, 'application/problem+json; charset=utf-8', undefined]);
    expect(text).not.toMatch(/SELECT|10\.0|inventory/);
  });
});

describe('gap (b): deadline share and fallback per part', () => {
  it('puts the default in its place, and other parts read it', async () => {
    const { client } = await startAggregates({
      services: { picks: failing, items: (request) => ({ url: request.url }) },
      aggregates: { page: { match: { path: '/page' }, parts: { picks: { route: 'picks', default: '{"items": ["bestseller"]}' }, first: { route: 'items', with: { id: '$.picks.items[0]' } } } } },
    });
    const { text, headers } = await client.get('/page');
    expect([text, headers['portico-degraded']]).toEqual(['{"picks":{"items": ["bestseller"]},"first":{"url":"/items?id=bestseller"}}', 'picks;reason=invalid']);
  });

  it('holds each part to its own share: the slow one is given up while the others have their time', async () => {
    const { client, services } = await startAggregates({
      services: { picks: () => new Promise(() => {}), slow: () => 1 },
      aggregates: { page: { match: { path: '/page' }, timeoutMs: 4_000, parts: { picks: { route: 'picks', share: 0.05 }, slow: { route: 'slow', required: true } } } },
    });
    const startedAt = performance.now();
    const { body, headers } = await client.get('/page');
    expect([body, headers['portico-degraded']]).toEqual([{ picks: null, slow: 1 }, 'picks;reason=timeout']);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    const left = Object.values(services).map(({ seen }) => Number(seen[0]?.headers['portico-timeout-ms']));
    expect(left[0]).toBeLessThanOrEqual(170);
    expect(left[1]).toBeGreaterThan(3_000);
  });

  it('leaves a part out where it is not wanted, and the answer is whole', async () => {
    let order: object = { customerId: 'c-1', gift: false };
    const { client, services } = await startAggregates({
      services: { order: () => order, customer: () => 'Ann', gift: () => 'bow' },
      aggregates: {
        page: {
          match: { path: '/page' },
          parts: { order: { route: 'order' }, customer: { route: 'customer', required: true, when: '$.order.customerId' }, gift: { route: 'gift', when: '$.order.gift', default: '"none"' } },
        },
      },
    });
    const wanted = await client.get('/page');
    expect([wanted.body.customer, wanted.body.gift, wanted.headers['portico-degraded']]).toEqual(['Ann', 'none', undefined]);
    order = { customerId: null, gift: true };
    const other = await client.get('/page');
    expect([other.body.customer, other.body.gift, services.customer.seen.length]).toEqual([null, 'bow', 1]);
  });
});

describe('gap (c): collections', () => {
  const shelf = { items: [{ id: 's-1', secret: 1, sizes: [{ code: '42', shelf: 'x' }, { code: '43', shelf: 'y' }] }] };

  it('keeps arrays of the same name from two services apart, and root arrays, empty ones included', async () => {
    const { client } = await startAggregates({
      services: { shoes: () => ({ items: [1] }), hats: () => ({ items: [2] }), tags: () => [] },
      aggregates: { page: { match: { path: '/page' }, parts: { shoes: { route: 'shoes' }, hats: { route: 'hats' }, tags: { route: 'tags' } } } },
    });
    expect((await client.get('/page')).text).toBe('{"shoes":{"items":[1]},"hats":{"items":[2]},"tags":[]}');
  });

  it('enters arrays by its fields, at any depth, and lets nothing else out', async () => {
    const { client } = await startAggregates({
      services: { shoes: () => shelf },
      aggregates: { page: { match: { path: '/page' }, parts: { shoes: { route: 'shoes', pick: ['items.id', 'items.sizes.code', 'items.gone'] } } } },
    });
    expect((await client.get('/page')).text).toBe('{"shoes":{"items":[{"id":"s-1","sizes":[{"code":"42"},{"code":"43"}]}]}}');
  });
});

describe('gap (d): the join by ids', () => {
  const idsOf = (request: SeenRequest): string[] => queryOf(request).get('ids')?.split(',') ?? [];
  const priceOf = (id: string) => ({ id, cents: Number(id.slice(2)) * 7 });
  const pricing: FakeHandler = (request) => ({ list: idsOf(request).filter((id) => id !== 'p-3').map(priceOf).reverse() });
  const start = (lines: readonly (string | null)[], prices: FakeHandler = pricing, join: object = {}, part: object = {}) =>
    startAggregates({
      services: { orders: () => ({ lines: lines.map((productId) => ({ productId })) }), prices },
      aggregates: {
        page: { match: { path: '/page' }, parts: { order: { route: 'orders', pick: ['none'] }, prices: { route: 'prices', ...part, join: { ids: '$.order.lines[*].productId', parameter: 'ids', items: '$.list', chunkSize: 3, ...join } } } },
      },
    });

  it('asks once for each different id, in few calls, and answers in the order of the ids', async () => {
    const { client, services } = await start(['p-1', 'p-2', 'p-1', 'p-3', null, 'p-4']);
    const { body, headers } = await client.get('/page?ids=all&IDS=x&a=b');
    expect([body.prices, headers['portico-degraded']]).toEqual([[priceOf('p-1'), priceOf('p-2'), priceOf('p-1'), null, null, priceOf('p-4')], undefined]);
    expect(services.prices.seen.map(({ url }) => url).sort()).toEqual(['/prices?a=b&ids=p-1,p-2,p-3', '/prices?a=b&ids=p-4']);
  });

  it('asks nobody for no id, and keeps a comma inside an id apart from those between', async () => {
    const none = await start([]);
    expect([(await none.client.get('/page')).body.prices, none.services.prices.seen.length]).toEqual([[], 0]);
    const odd = await start(['a,b', 'c&d=e']);
    await odd.client.get('/page');
    expect(odd.services.prices.seen[0]?.url).toBe('/prices?ids=a%2Cb,c%26d%3De');
  });

  it('has the items of the calls that came, and says that others did not', async () => {
    const { client } = await start(['p-1', 'p-2', 'p-5', 'p-4'], (request, response) => (idsOf(request).includes('p-4') ? void response.writeHead(503).end() : pricing(request, response)));
    const { body, headers } = await client.get('/page');
    expect([body.prices, headers['portico-degraded']]).toEqual([[priceOf('p-1'), priceOf('p-2'), priceOf('p-5'), null], 'prices;reason=unavailable']);
  });

  it.each<[string, FakeHandler, object, string]>([
    ['fails', failing, {}, 'invalid'],
    ['brings no list', () => ({ list: 'none' }), {}, 'invalid'],
    ['would need more calls than it may make', pricing, { chunkSize: 1, maxCalls: 1 }, 'invalid'],
  ])('is null when it %s, fails the answer where it is required, and has its default otherwise', async (_, prices, join, reason) => {
    const optional = await (await start(['p-1', 'p-2'], prices, join)).client.get('/page');
    expect([optional.body.prices, optional.headers['portico-degraded']]).toEqual([null, `prices;reason=${reason}`]);
    expect((await (await start(['p-1', 'p-2'], prices, join, { required: true })).client.get('/page')).status).toBe(502);
    expect((await (await start(['p-1', 'p-2'], prices, join, { default: '[]' })).client.get('/page')).body.prices).toEqual([]);
  });
});

describe('gap (d): one call for each value', () => {
  const userOf: FakeHandler = (request, response) => (request.url === '/users/13' ? void response.writeHead(404).end('{"code":"gone"}') : { url: request.url });
  const start = (notes: readonly unknown[], each: object = {}, part: object = {}) =>
    startAggregates({
      services: { notes: () => notes.map((userId) => ({ userId })), users: userOf },
      routes: { user: { match: { path: '/u/{id}' }, to: { service: 'users', path: '/users/{id}' } } },
      aggregates: { page: { match: { path: '/page' }, parts: { notes: { route: 'notes' }, users: { route: 'user', ...part, each: { values: '$.notes[*].userId', parameter: 'id', ...each } } } } },
    });

  it('asks once for each different one, and answers with a list in the order in which they first stand', async () => {
    const { client, services } = await start([2, 1, null, '2', 1]);
    expect((await client.get('/page')).body.users).toEqual([{ url: '/users/2' }, { url: '/users/1' }]);
    expect(services.users.seen).toHaveLength(2);
  });

  it.each([
    [[1], 'list', [{ url: '/users/1' }]],
    [[1], 'object', { url: '/users/1' }],
    [[1, 2], 'object', [{ url: '/users/1' }, { url: '/users/2' }]],
    [[], 'object', []],
  ])('brings for %j and single: %s', async (notes, single, expected) => {
    expect((await (await start(notes, { single })).client.get('/page')).body.users).toEqual(expected);
  });

  it('has null for a call that failed, or its body where any status is taken', async () => {
    const tolerant = await (await start([1, 13])).client.get('/page');
    expect([tolerant.body.users, tolerant.headers['portico-degraded']]).toEqual([[{ url: '/users/1' }, null], 'users;reason=invalid']);
    expect((await (await start([1, 13], {}, { required: true })).client.get('/page')).status).toBe(502);
    expect((await (await start([1, 13], {}, { anyStatus: true })).client.get('/page')).body.users).toEqual([{ url: '/users/1' }, { code: 'gone' }]);
  });

  it.each([
    ['more values than it may ask for', [1, 2, 3], { maxCalls: 2 }],
    ['a value that is no id', [1, { a: 1 }], {}],
    ['a value that would leave its place in the path', [1, '../admin'], {}],
    ['half a character', [1, '\ud800'], {}],
  ])('asks nobody when there is %s', async (_, notes, each) => {
    const { client, services } = await start(notes, each);
    const { body, headers } = await client.get('/page');
    expect([body.users, headers['portico-degraded'], services.users.seen.length]).toEqual([null, 'users;reason=invalid', 0]);
  });
});

describe('gap (e): sequential calls', () => {
  const ann = { id: 'c-ann', address: { geo: { country: 'CH' } }, orders: [{ lines: ['p-1', 'p/2'] }, { lines: ['p-3'] }] };
  type Name = 'customers' | 'tax' | 'stock' | 'customs';
  const handlers: Record<Name, FakeHandler> = { customers: () => ann, tax: () => ({ percent: 8.1 }), stock: () => ({ cents: 990 }), customs: () => ({ forms: ['CN23'] }) };
  const start = (services: Partial<Record<Name, FakeHandler>> = {}) =>
    startAggregates({
      services: { ...handlers, ...services },
      routes: { 'tax-of': { match: { path: '/t/{country}' }, to: { service: 'tax', path: '/countries/{country}/tax' } }, 'customer-of': { match: { path: '/c/{id}' }, to: { service: 'customers', path: '/customers/{id}' } } },
      aggregates: {
        page: {
          match: { path: '/page/{id}' },
          parts: {
            customer: { route: 'customer-of', required: true, pick: ['id'] },
            tax: { route: 'tax-of', with: { country: '$.customer.address.geo.country' } },
            stock: { route: 'stock', join: { ids: '$.customer.orders[*].lines[*]', parameter: 'items', items: '$.list' }, default: '[]' },
            customs: { route: 'customs', after: ['stock'], with: { percent: '$.tax.percent' }, when: '$.customer.address.geo' },
          },
        },
      },
    });

  it('carry nested fields into the path, arrays out of arrays into a call, and results of results into the query', async () => {
    const { client, services } = await start({ stock: () => ({ list: [] }) });
    expect((await client.get('/page/c-ann')).body).toEqual({ customer: { id: 'c-ann' }, tax: { percent: 8.1 }, stock: [null, null, null], customs: { forms: ['CN23'] } });
    expect([services.tax.seen[0]?.url, services.stock.seen[0]?.url, services.customs.seen[0]?.url]).toEqual(['/countries/CH/tax', '/stock?items=p-1,p%2F2,p-3', '/customs?percent=8.1']);
  });

  it('carry values and arrays into a body of their own', async () => {
    const send = JSON.stringify({ to: '$.customer.address.geo', items: '$.customer.orders[*].lines[*]', for: '{id}', fixed: ['$', 1, null, '{ x }'] });
    const { client, services } = await startAggregates({
      services: { customers: () => ann, quotes: () => ({ cents: 990 }) },
      aggregates: { page: { match: { path: '/page/{id}' }, parts: { customer: { route: 'customers' }, quote: { route: 'quotes', send } } } },
    });
    expect((await client.get('/page/c-ann')).body.quote).toEqual({ cents: 990 });
    const [asked] = services.quotes.seen;
    expect([asked?.method, asked?.headers['content-type'], asked?.headers['content-length']]).toEqual(['POST', 'application/json', String(asked?.body.length)]);
    expect(JSON.parse(asked?.body ?? '')).toEqual({ to: { country: 'CH' }, items: ['p-1', 'p/2', 'p-3'], for: 'c-ann', fixed: ['$', 1, null, '{ x }'] });
    services.customers.handler = () => ({});
    expect([(await client.get('/page/c-ann')).body.quote, services.quotes.seen.length]).toEqual([null, 1]);
  });

  it('ask a GraphQL service, within the bounds of its route', async () => {
    const ask = (query: string) => JSON.stringify({ query, variables: { id: '{id}' } });
    const { client, services } = await startAggregates({
      services: { reviews: () => ({ data: { product: { reviews: [{ text: 'good', by: 'c-ann' }] } } }) },
      routes: { graph: { match: { path: '/graphql' }, to: { service: 'reviews' }, graphql: { maxDepth: 3 } } },
      aggregates: {
        page: {
          match: { path: '/page/{id}' },
          parts: {
            reviews: { route: 'graph', send: ask('query($id: ID!) { product(id: $id) { reviews { text } } }'), pick: ['data.product.reviews.text'] },
            deep: { route: 'graph', send: ask('query($id: ID!) { product(id: $id) { reviews { by { name { first } } } } }') },
          },
        },
      },
    });
    const { body, headers } = await client.get('/page/p-1');
    expect([body, headers['portico-degraded']]).toEqual([{ reviews: { data: { product: { reviews: [{ text: 'good' }] } } }, deep: null }, 'deep;reason=refused']);
    expect(services.reviews.seen.map(({ url, body: sent }) => [url, (JSON.parse(sent) as { variables: unknown }).variables])).toEqual([['/graphql', { id: 'p-1' }]]);
  });

  it('go on when an optional step fails, and a step that needs its answer fails too', async () => {
    const { client, services } = await start({ tax: failing });
    const { body, headers } = await client.get('/page/c-ann');
    expect([body.tax, body.customs, services.customs.seen.length]).toEqual([null, null, 0]);
    expect(headers['portico-degraded']?.split(', ').sort()).toEqual(['customs;reason=invalid', 'stock;reason=invalid', 'tax;reason=invalid']);
  });

  it('stop when a required step fails', async () => {
    const { client, services } = await start({ customers: failing });
    expect((await client.get('/page/c-ann')).status).toBe(502);
    expect([services.tax.seen.length, services.stock.seen.length, services.customs.seen.length]).toEqual([0, 0, 0]);
  });

  it.each([
    ['is missing', {}],
    ['is null', { geo: { country: null } }],
    ['is empty', { geo: { country: '' } }],
    ['leaves its place', { geo: { country: '..' } }],
    ['is an object', { geo: { country: {} } }],
  ])('never send a placeholder: a field that %s is a failed part', async (_, address) => {
    const { client, services } = await start({ customers: () => ({ ...ann, address }) });
    const { body } = await client.get('/page/c-ann');
    expect([body.tax, services.tax.seen.length]).toEqual([null, 0]);
  });
});

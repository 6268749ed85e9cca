import { defineService } from '@portico/backend-client';
import { ManualClock, settle, type FakeHandler, type SeenRequest } from '@portico/core/testing';
import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { Ended, gate, MapCache, rejection, startServices, watchedContext } from '../test/fixtures.js';
import { seeded } from '../test/seeded.js';
import { defineAggregate } from './index.js';

// What KrakenD's users ask for and its configuration cannot say: each gap is a promise of this library.

const failing: FakeHandler = (_, response) => void response.writeHead(500, { 'content-type': 'text/plain' }).end('SELECT failed at 10.0.0.7');
const queryOf = (request: SeenRequest): URLSearchParams => new URL(request.url, 'http://service').searchParams;
const idsOf = (request: SeenRequest): string[] => queryOf(request).get('ids')?.split(',') ?? [];

describe('gap (a): required or optional per part', () => {
  const Named = Type.Object({ name: Type.String() });
  const readProduct = defineService('catalog').get('/product', { reads: Named });
  const readStock = defineService('inventory').get('/stock', { reads: Type.Object({ left: Type.Integer() }) });
  const Page = defineViewModel('Page', Type.Object({ name: Type.String(), left: Nullable(Type.Integer()) }));

  const tolerant = defineAggregate('tolerant')
    .required('product', () => readProduct())
    .optional('stock', () => readStock())
    .shape(Page, ({ product, stock }) => ({ name: product.name, left: stock.ok ? stock.value.left : null }));
  const strict = defineAggregate('strict')
    .required('product', () => readProduct())
    .required('stock', () => readStock())
    .shape(Page, ({ product, stock }) => ({ name: product.name, left: stock.left }));

  const good = { catalog: () => ({ name: 'Lamp' }), inventory: () => ({ left: 3 }) };

  it('answers whole when every part is there', async () => {
    const { client } = await startServices(good);
    const { context } = watchedContext();
    for (const aggregate of [tolerant, strict]) await expect(aggregate.run(client, undefined, context)).resolves.toEqual({ name: 'Lamp', left: 3 });
    expect(context.degraded).toBeUndefined();
  });

  it('answers with a typed null and says so when an optional part fails', async () => {
    const { client } = await startServices({ ...good, inventory: failing });
    const { context } = watchedContext();
    await expect(tolerant.run(client, undefined, context)).resolves.toEqual({ name: 'Lamp', left: null });
    expect(context.degraded).toEqual([{ part: 'stock', reason: 'invalid' }]);
  });

  it('fails as a whole, with nothing of the service in it, when the same part is required', async () => {
    const { client, services } = await startServices({ ...good, inventory: failing });
    const { context } = watchedContext();
    const error = await rejection(strict.run(client, undefined, context));
    expect(error).toMatchObject({ code: 'SERVICE_ANSWER_INVALID', status: 502, detail: undefined, faults: undefined, headers: undefined });
    expect(error.message).not.toMatch(/SELECT|10\.0|inventory/);
    expect(error.message).not.toContain(services.inventory.origin);
    expect(context.degraded).toBeUndefined();
  });

  it('fails when the required part does, whatever the optional ones brought', async () => {
    const { client } = await startServices({ ...good, catalog: failing });
    expect(await rejection(tolerant.run(client, undefined, watchedContext().context))).toMatchObject({ status: 502 });
  });

  it('never takes an empty answer for success', async () => {
    const { client } = await startServices({ ...good, inventory: (_, response) => void response.writeHead(204).end() });
    const { context } = watchedContext();
    await tolerant.run(client, undefined, context);
    expect(context.degraded).toEqual([{ part: 'stock', reason: 'invalid' }]);
  });
});

describe('gap (b): deadline share and fallback per part', () => {
  const Picks = Type.Object({ items: Type.Array(Type.String()) });
  const keep = { freshMs: 1_000, staleIfErrorMs: 10_000, by: 'everyone' } as const;
  const readPicks = defineService('picks').get('/picks', { reads: Picks, keep });

  const omit = defineAggregate('omit').optional('picks', () => readPicks()).into(({ picks }) => (picks.ok ? { items: picks.value.items, source: picks.source } : { omitted: picks.reason }));
  const byDefault = defineAggregate('default').withDefault('picks', { items: ['bestseller'] }, () => readPicks()).into(({ picks }) => picks.items);
  const stale = defineAggregate('stale')
    .optional('picks', () => readPicks(), { stale: true })
    .into(({ picks }) => (picks.ok ? { items: picks.value.items, source: picks.source } : { omitted: picks.reason }));
  const staleElseDefault = defineAggregate('both').withDefault('picks', { items: ['bestseller'] }, () => readPicks(), { stale: true }).into(({ picks }) => picks.items);

  async function stage() {
    const clock = new ManualClock();
    const { client, services } = await startServices({ picks: () => ({ items: ['lamp'] }) }, { clock, cache: new MapCache(clock) });
    const telemetry = new Ended();
    const fresh = () => watchedContext({ clock, telemetry }).context;
    return { clock, client, services, telemetry, fresh };
  }

  it('omits the part', async () => {
    const { client, services, fresh, telemetry } = await stage();
    services.picks.handler = failing;
    const context = fresh();
    await expect(omit.run(client, undefined, context)).resolves.toEqual({ omitted: 'invalid' });
    expect(context.degraded).toEqual([{ part: 'picks', reason: 'invalid' }]);
    expect(telemetry.results).toEqual({ picks: 'failed' });
  });

  it('puts the default in its place', async () => {
    const { client, services, fresh, telemetry } = await stage();
    services.picks.handler = failing;
    const context = fresh();
    await expect(byDefault.run(client, undefined, context)).resolves.toEqual(['bestseller']);
    expect(context.degraded).toEqual([{ part: 'picks', reason: 'invalid' }]);
    expect(telemetry.results).toEqual({ picks: 'default' });
  });

  it('lets an older answer stand in as long as it is young enough, and then omits or puts the default', async () => {
    const { client, services, fresh, clock, telemetry } = await stage();
    await stale.run(client, undefined, fresh());
    services.picks.handler = failing;
    await clock.advance(9_000);
    const context = fresh();
    await expect(stale.run(client, undefined, context)).resolves.toEqual({ items: ['lamp'], source: 'stale' });
    await expect(staleElseDefault.run(client, undefined, fresh())).resolves.toEqual(['lamp']);
    expect(context.degraded).toEqual([{ part: 'picks', reason: 'stale' }]);
    expect(telemetry.parts.at(-1)).toMatchObject({ result: 'stale', error: { code: 'SERVICE_ANSWER_INVALID' } });
    await clock.advance(1_001);
    await expect(stale.run(client, undefined, fresh())).resolves.toEqual({ omitted: 'invalid' });
    await expect(staleElseDefault.run(client, undefined, fresh())).resolves.toEqual(['bestseller']);
  });

  it('uses no older answer where the part does not allow it', async () => {
    const { client, services, fresh, clock } = await stage();
    await omit.run(client, undefined, fresh());
    services.picks.handler = failing;
    await clock.advance(1_000);
    await expect(omit.run(client, undefined, fresh())).resolves.toEqual({ omitted: 'invalid' });
  });

  it('lets no older answer stand in for a refusal that means something', async () => {
    const { client, services, fresh, clock } = await stage();
    const readOne = defineService('picks').get('/one', { reads: Picks, keep, refusals: { 404: 'RESOURCE_NOT_FOUND' } });
    const page = defineAggregate('page').optional('one', () => readOne(), { stale: true }).into(({ one }) => (one.ok ? 'there' : one.reason));
    await expect(page.run(client, undefined, fresh())).resolves.toBe('there');
    services.picks.handler = (_, response) => void response.writeHead(404).end();
    await clock.advance(1_000);
    await expect(page.run(client, undefined, fresh())).resolves.toBe('refused');
  });

  it('holds each part to its own share: the slow one is replaced while the others have their time', async () => {
    const asked = gate();
    const clock = new ManualClock();
    const answer = gate();
    const { client } = await startServices({ picks: () => asked.open(), slow: () => answer.opened.then(() => ({ items: ['slow but there'] })) }, { clock });
    const readSlow = defineService('slow').get('/slow', { reads: Picks });
    const page = defineAggregate('page')
      .withDefault('picks', { items: ['bestseller'] }, () => readPicks(), { share: 0.2 })
      .required('slow', () => readSlow())
      .into(({ picks, slow }) => [...picks.items, ...slow.items]);
    const telemetry = new Ended();
    const { context } = watchedContext({ clock, deadlineMs: 1_000, telemetry });
    const result = page.run(client, undefined, context);
    await asked.opened;
    await clock.advance(169);
    expect(telemetry.parts).toEqual([]);
    await clock.advance(1);
    expect(telemetry.results).toEqual({ picks: 'default' });
    answer.open();
    await expect(result).resolves.toEqual(['bestseller', 'slow but there']);
    expect(context.degraded).toEqual([{ part: 'picks', reason: 'timeout' }]);
  });
});

describe('gap (c): collections', () => {
  const Line = Type.Object({ id: Type.String(), sizes: Type.Array(Type.Object({ code: Type.String(), left: Type.Integer() })) });
  const readShoes = defineService('shoes').get('/', { reads: Type.Object({ items: Type.Array(Line) }) });
  const readHats = defineService('hats').get('/', { reads: Type.Object({ items: Type.Array(Line) }) });
  const readTags = defineService('tags').get('/', { reads: Type.Array(Type.String()) });
  const shoe = { id: 's-1', secret: 1, sizes: [{ code: '42', left: 0, shelf: 'x' }, { code: '43', left: 2, shelf: 'y' }] };
  const hat = { id: 'h-1', secret: 2, sizes: [{ code: 'M', left: 1, shelf: 'z' }] };

  it('keeps arrays of the same name from two services apart, and concatenates them only where that is said', async () => {
    const { client } = await startServices({ shoes: () => ({ items: [shoe] }), hats: () => ({ items: [hat] }) });
    const page = defineAggregate('page')
      .required('shoes', () => readShoes())
      .required('hats', () => readHats())
      .into(({ shoes, hats }) => ({ shoes: shoes.items.map(({ id }) => id), hats: hats.items.map(({ id }) => id), all: [...hats.items, ...shoes.items].map(({ id }) => id) }));
    await expect(page.run(client, undefined, watchedContext().context)).resolves.toEqual({ shoes: ['s-1'], hats: ['h-1'], all: ['h-1', 's-1'] });
  });

  it('joins by declaration, not by who is faster', async () => {
    const answer = gate();
    const { client } = await startServices({ shoes: () => answer.opened.then(() => ({ items: [shoe] })), hats: () => (setImmediate(() => answer.open()), { items: [hat] }) });
    const page = defineAggregate('page').required('shoes', () => readShoes()).required('hats', () => readHats()).into((parts) => [parts.shoes, parts.hats].flatMap(({ items }) => items.map(({ id }) => id)));
    await expect(page.run(client, undefined, watchedContext().context)).resolves.toEqual(['s-1', 'h-1']);
  });

  it('reads a root array, empty ones included', async () => {
    const { client, services } = await startServices({ tags: () => ['new', 'sale'] });
    const page = defineAggregate('page').required('tags', () => readTags()).into(({ tags }) => ({ count: tags.length, tags }));
    await expect(page.run(client, undefined, watchedContext().context)).resolves.toEqual({ count: 2, tags: ['new', 'sale'] });
    services.tags.handler = () => [];
    await expect(page.run(client, undefined, watchedContext().context)).resolves.toEqual({ count: 0, tags: [] });
  });

  it('enters arrays by mapping, at any depth, and the view model lets nothing else out', async () => {
    const { client } = await startServices({ shoes: () => ({ items: [shoe] }), hats: () => ({ items: [hat] }) });
    const View = defineViewModel('Shelf', Type.Object({ items: Type.Array(Type.Object({ ref: Type.String(), sizes: Type.Array(Type.Object({ code: Type.String() })) })) }));
    const page = defineAggregate('page')
      .required('shoes', () => readShoes())
      .optional('hats', () => readHats())
      .shape(View, ({ shoes, hats }) => ({
        items: [...shoes.items, ...(hats.ok ? hats.value.items : [])].map(({ id, sizes }) => ({ ref: id, sizes: sizes.filter(({ left }) => left > 0) })),
      }));
    const text = View.write(await page.run(client, undefined, watchedContext().context));
    expect(text).toBe('{"items":[{"ref":"s-1","sizes":[{"code":"43"}]},{"ref":"h-1","sizes":[{"code":"M"}]}]}');
  });
});

describe('gap (d): the join by ids', () => {
  const Price = Type.Object({ id: Type.String(), cents: Type.Integer() });
  const readPrices = defineService('pricing').get('/prices', { reads: Type.Object({ items: Type.Array(Price) }) });
  const readPriceList = defineService('pricing').get('/prices', { reads: Type.Array(Price) });
  const centsOf = (id: string): number => id.length * 100 + Number(id.slice(2)) * 7;
  const known = (id: string): boolean => Number(id.slice(2)) % 7 !== 3;
  const priceOf = (id: string) => ({ id, cents: centsOf(id) });
  const pricing: FakeHandler = (request) => ({ items: idsOf(request).filter(known).map(priceOf).reverse() });
  const products = (count: number): string[] => Array.from({ length: count }, (_, index) => `p-${index}`);

  const joined = defineAggregate<readonly string[]>('joined')
    .join('prices', { ids: ({ input }) => input, fetch: (ids) => readPrices({ query: { ids } }), key: (price) => price.id })
    .into(({ input, prices }) => ({ cents: prices.inOrder(input).map((price) => price && price.cents), complete: prices.complete, size: prices.size }));

  it('asks once for 20 items', async () => {
    const { client, services } = await startServices({ pricing });
    const { cents } = await joined.run(client, products(20), watchedContext().context);
    expect(services.pricing.seen).toHaveLength(1);
    expect(idsOf(services.pricing.seen[0]!)).toEqual(products(20));
    expect(cents).toHaveLength(20);
  });

  it('asks three times for 250 items by the hundred, at the same time', async () => {
    const all = gate();
    let arrived = 0;
    const { client, services } = await startServices({ pricing: async (request, response) => (++arrived === 3 && all.open(), await all.opened, pricing(request, response)) });
    const { size } = await joined.run(client, products(250), watchedContext().context);
    expect(services.pricing.seen.map((request) => idsOf(request).length).sort()).toEqual([100, 100, 50].sort());
    expect(size).toBe(products(250).filter(known).length);
  });

  it('asks nobody for no items', async () => {
    const { client, services } = await startServices({ pricing });
    await expect(joined.run(client, [], watchedContext().context)).resolves.toEqual({ cents: [], complete: true, size: 0 });
    expect(services.pricing.seen).toHaveLength(0);
  });

  it('asks once for an id that is wanted twice, and gives it twice', async () => {
    const { client, services } = await startServices({ pricing });
    const { cents } = await joined.run(client, ['p-1', 'p-2', 'p-1'], watchedContext().context);
    expect(idsOf(services.pricing.seen[0]!)).toEqual(['p-1', 'p-2']);
    expect(cents).toEqual([centsOf('p-1'), centsOf('p-2'), centsOf('p-1')]);
  });

  it('has null for an id that is not there, and keeps the order of the list', async () => {
    const { client } = await startServices({ pricing });
    await expect(joined.run(client, ['p-9', 'p-3', 'p-1'], watchedContext().context)).resolves.toEqual({ cents: [centsOf('p-9'), null, centsOf('p-1')], complete: true, size: 2 });
  });

  it('takes a root array for an answer', async () => {
    const { client } = await startServices({ pricing: (request) => idsOf(request).map(priceOf) });
    const page = defineAggregate<string[]>('page').join('prices', { ids: ({ input }) => input, fetch: (ids) => readPriceList({ query: { ids } }), key: ({ id }) => id }).into(({ prices }) => prices.get('p-4')?.cents);
    await expect(page.run(client, ['p-4'], watchedContext().context)).resolves.toBe(centsOf('p-4'));
  });

  it('keeps nothing that was not asked for', async () => {
    const { client } = await startServices({ pricing: () => ({ items: [priceOf('p-1'), priceOf('p-2')] }) });
    await expect(joined.run(client, ['p-1'], watchedContext().context)).resolves.toMatchObject({ size: 1 });
  });

  it('takes its ids from a part before it', async () => {
    const readCards = defineService('catalog').get('/cards', { reads: Type.Object({ items: Type.Array(Type.Object({ productId: Type.String() })) }) });
    const { client } = await startServices({ pricing, catalog: () => ({ items: [{ productId: 'p-2' }, { productId: 'p-3' }] }) });
    const page = defineAggregate('page')
      .required('cards', () => readCards())
      .join('prices', { after: ['cards'], ids: ({ cards }) => cards.items.map(({ productId }) => productId), fetch: (ids) => readPrices({ query: { ids } }), key: ({ id }) => id })
      .into(({ cards, prices }) => cards.items.map(({ productId }) => [productId, prices.get(productId)?.cents ?? null]));
    await expect(page.run(client, undefined, watchedContext().context)).resolves.toEqual([['p-2', centsOf('p-2')], ['p-3', null]]);
  });

  it('gives what the other calls brought when one of them fails, and says that null may mean unknown', async () => {
    const telemetry = new Ended();
    const { client } = await startServices({ pricing: (request, response) => (idsOf(request).includes('p-0') ? failing(request, response) : pricing(request, response)) });
    const { context } = watchedContext({ telemetry });
    const answer = await joined.run(client, products(150), context);
    expect(answer.complete).toBe(false);
    expect([answer.cents[0], answer.cents[149]]).toEqual([null, centsOf('p-149')]);
    expect(context.degraded).toEqual([{ part: 'prices', reason: 'invalid' }]);
    expect(telemetry.parts[0]).toMatchObject({ result: 'failed', error: { code: 'SERVICE_ANSWER_INVALID' } });
  });

  it('has only null when every call fails, unless it is required', async () => {
    const { client } = await startServices({ pricing: failing });
    const { context } = watchedContext();
    await expect(joined.run(client, ['p-1'], context)).resolves.toEqual({ cents: [null], complete: false, size: 0 });
    expect(context.degraded).toEqual([{ part: 'prices', reason: 'invalid' }]);
    const needed = defineAggregate<string[]>('needed').join('prices', { required: true, ids: ({ input }) => input, fetch: (ids) => readPrices({ query: { ids } }), key: ({ id }) => id }).into(() => 1);
    expect(await rejection(needed.run(client, products(150), watchedContext().context))).toMatchObject({ status: 502 });
  });

  it('sends nothing when one of its calls cannot be made', async () => {
    const { client, services } = await startServices({ pricing });
    const fetch = (ids: readonly string[]) => {
      if (ids.includes('p-2')) throw new TypeError('cannot be asked for');
      return readPrices({ query: { ids } });
    };
    const page = defineAggregate<string[]>('page').join('prices', { ids: ({ input }) => input, fetch, key: ({ id }) => id, chunkSize: 1 }).into(({ prices }) => prices.complete);
    await expect(page.run(client, products(4), watchedContext().context)).resolves.toBe(false);
    await settle();
    expect(services.pricing.seen).toHaveLength(0);
  });

  it('brings what a call for each item would bring, in as few calls as the chunks allow', async () => {
    const { client, services } = await startServices({ pricing });
    const random = seeded(20_260_101);
    for (let round = 0; round < 60; round++) {
      const chunkSize = 1 + Math.floor(random() * 9);
      const ids = Array.from({ length: Math.floor(random() * 40) }, () => `p-${Math.floor(random() * 30)}`);
      const naive = ids.map((id) => (known(id) ? centsOf(id) : null));
      const page = defineAggregate<string[]>('page')
        .join('prices', { ids: ({ input }) => input, fetch: (some) => readPrices({ query: { ids: some } }), key: ({ id }) => id, chunkSize })
        .into(({ input, prices }) => prices.inOrder(input).map((price) => price && price.cents));
      services.pricing.seen.length = 0;
      await expect(page.run(client, ids, watchedContext().context)).resolves.toEqual(naive);
      expect(services.pricing.seen).toHaveLength(Math.ceil(new Set(ids).size / chunkSize));
    }
  });
});

describe('gap (e): sequential calls', () => {
  const Customer = Type.Object({ id: Type.String(), address: Type.Object({ geo: Type.Object({ country: Type.String() }) }), orders: Type.Array(Type.Object({ lines: Type.Array(Type.String()) })) });
  const readCustomer = defineService('customers').get('/customers/:id', { reads: Customer });
  const readTax = defineService('tax').get('/countries/:country/tax', { reads: Type.Object({ percent: Type.Number() }) });
  const quote = defineService('shipping').post('/quotes', { reads: Type.Object({ cents: Type.Integer() }) });
  const readCrossing = defineService('customs').get('/customs', { reads: Type.Object({ forms: Type.Array(Type.String()) }) });
  const ann = { id: 'c-ann', address: { geo: { country: 'CH' } }, orders: [{ lines: ['p-1', 'p/2'] }, { lines: ['p-3'] }] };
  const handlers = { customers: () => ann, tax: () => ({ percent: 8.1 }), shipping: () => ({ cents: 990 }), customs: () => ({ forms: ['CN23'] }) };

  const page = defineAggregate<{ id: string }>('page')
    .required('customer', ({ input }) => readCustomer({ params: { id: input.id } }))
    .optional('tax', ({ customer }) => readTax({ params: { country: customer.address.geo.country } }), { after: ['customer'] })
    .optional('shipping', ({ customer: { address, orders } }) => quote({ body: { to: address.geo, items: orders.flatMap(({ lines }) => lines) } }), { after: ['customer'] })
    .optional('customs', ({ shipping }) => readCrossing({ query: { cents: shipping.ok ? shipping.value.cents : 0 } }), {
      after: ['customer', 'shipping'],
      when: ({ customer }) => customer.address.geo.country !== 'DE',
    })
    .into(({ tax, shipping, customs }) => ({
      percent: tax.ok ? tax.value.percent : tax.reason,
      cents: shipping.ok ? shipping.value.cents : shipping.reason,
      forms: customs.ok ? customs.value.forms : customs.reason,
    }));

  it('carry nested fields into the path, arrays into the body, and results of results into the query', async () => {
    const { client, services } = await startServices(handlers);
    const { context } = watchedContext();
    await expect(page.run(client, { id: 'c-ann' }, context)).resolves.toEqual({ percent: 8.1, cents: 990, forms: ['CN23'] });
    expect(services.tax.seen[0]?.url).toBe('/countries/CH/tax');
    expect(services.shipping.seen[0]).toMatchObject({ method: 'POST', body: '{"to":{"country":"CH"},"items":["p-1","p/2","p-3"]}' });
    expect(services.customs.seen[0]?.url).toBe('/customs?cents=990');
    expect(context.degraded).toBeUndefined();
  });

  it('are left out by a condition, and the answer is whole all the same', async () => {
    const german = { ...ann, address: { geo: { country: 'DE' } } };
    const { client, services } = await startServices({ ...handlers, customers: () => german });
    const { context } = watchedContext();
    await expect(page.run(client, { id: 'c-ann' }, context)).resolves.toEqual({ percent: 8.1, cents: 990, forms: 'skipped' });
    expect(services.customs.seen).toHaveLength(0);
    expect(context.degraded).toBeUndefined();
  });

  it('go on when an optional step fails, and the next one knows', async () => {
    const { client, services } = await startServices({ ...handlers, shipping: failing });
    const { context } = watchedContext();
    await expect(page.run(client, { id: 'c-ann' }, context)).resolves.toEqual({ percent: 8.1, cents: 'invalid', forms: ['CN23'] });
    expect(services.customs.seen[0]?.url).toBe('/customs?cents=0');
    expect(context.degraded).toEqual([{ part: 'shipping', reason: 'invalid' }]);
  });

  it('stop when a required step fails', async () => {
    const { client, services } = await startServices({ ...handlers, customers: failing });
    expect(await rejection(page.run(client, { id: 'c-ann' }, watchedContext().context))).toMatchObject({ status: 502 });
    expect([services.tax.seen.length, services.shipping.seen.length, services.customs.seen.length]).toEqual([0, 0, 0]);
  });

  it('never send a placeholder: a field that is missing is a failed part', async () => {
    const { client, services } = await startServices({ ...handlers, customers: () => ({ ...ann, address: {} }) });
    const error = await rejection(page.run(client, { id: 'c-ann' }, watchedContext().context));
    expect(error).toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
    expect(services.tax.seen).toHaveLength(0);
  });

  it('never let a field change the shape of an address', async () => {
    const { client, services } = await startServices({ ...handlers, customers: () => ({ ...ann, address: { geo: { country: '..' } } }) });
    await expect(page.run(client, { id: 'c-ann' }, watchedContext().context)).resolves.toMatchObject({ percent: 'refused' });
    expect(services.tax.seen).toHaveLength(0);
  });
});

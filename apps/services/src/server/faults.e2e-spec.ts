import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';
import { rawGet } from '../../test/raw-client.js';
import { until } from '../../test/until.js';
import { hugeBytes } from './broken-answers.js';

let shop: RunningShop;
let draws: number[] = [];
const waits: { readonly ms: number; readonly signal: AbortSignal; readonly over: () => void }[] = [];
let waiting: (() => void) | undefined;

beforeAll(async () => {
  shop = await startShop({
    only: ['identity', 'pricing', 'shipping'],
    faultSources: {
      random: () => draws.shift() ?? 0.5,
      delay: (ms, signal) =>
        new Promise((over) => {
          signal.addEventListener('abort', () => over(), { once: true });
          waits.push({ ms, signal, over });
          waiting?.();
        }),
    },
  });
});
afterEach(async () => {
  draws = [];
  waits.length = 0;
  waiting = undefined;
  for (const url of Object.values(shop.urls)) {
    await request(url).delete('/__faults').expect(200);
    await request(url).delete('/__requests').expect(204);
  }
});
afterAll(() => shop.close());

const isWaiting = (): Promise<void> => new Promise((resolve) => (waiting = resolve));

describe('the fault switch', () => {
  it('is set as a whole by PUT, shown by GET and cleared by DELETE', async () => {
    const { body } = await request(shop.urls.pricing).put('/__faults').send({ latencyMs: 5, answer: 'html' }).expect(200);
    expect(body).toEqual({ latencyMs: 5, jitterMs: 0, errorRate: 0, truncateRate: 0, resetRate: 0, errorStatus: 500, answer: 'html' });
    expect((await request(shop.urls.pricing).put('/__faults').send({ errorRate: 1 })).body).toMatchObject({ latencyMs: 0, answer: 'normal', errorRate: 1 });
    await request(shop.urls.pricing).delete('/__faults').expect(200);
    expect((await request(shop.urls.pricing).get('/__faults')).body).toMatchObject({ errorRate: 0 });
  });

  it('answers 400 with every fault of the settings and keeps the old ones', async () => {
    shop.faults('pricing', { errorStatus: 503 });
    const { body } = await request(shop.urls.pricing).put('/__faults').send({ latencyMs: 'much', resetRate: 2, mood: 'bad' }).expect(400);
    expect(body.faults).toEqual(expect.arrayContaining(['mood is unknown', expect.stringMatching(/^latencyMs /), expect.stringMatching(/^resetRate /)]));
    expect((await request(shop.urls.pricing).get('/__faults')).body).toMatchObject({ errorStatus: 503 });
  });

  it('never touches the health check nor itself', async () => {
    shop.faults('pricing', { resetRate: 1, errorRate: 1, answer: 'html' });
    await request(shop.urls.pricing).get('/health').expect(200, { status: 'ok' });
    await request(shop.urls.pricing).get('/__faults').expect(200);
    await request(shop.urls.pricing).get('/__requests').expect(200);
  });

  it('refuses a patch in code as it does over HTTP', () => {
    expect(() => shop.faults('pricing', { errorRate: 7 })).toThrow(/errorRate/);
  });
});

describe('faults', () => {
  it('answers the error status as often as the rate says', async () => {
    shop.faults('pricing', { errorRate: 0.3, errorStatus: 503 });
    draws = [0.29, 0.3];
    await request(shop.urls.pricing).get('/prices/p-0001').expect(503, { error: 'injected fault' });
    await request(shop.urls.pricing).get('/prices/p-0001').expect(200);
  });

  it('waits for the latency and a share of the jitter', async () => {
    shop.faults('pricing', { latencyMs: 100, jitterMs: 40 });
    draws = [0.25];
    const begun = isWaiting();
    const answer = request(shop.urls.pricing).get('/prices/p-0001').then((response) => response.status);
    await begun;
    expect(waits.map(({ ms }) => ms)).toEqual([110]);
    waits[0]?.over();
    expect(await answer).toBe(200);
  });

  it('stops waiting when the client goes, and notes that it was the client', async () => {
    shop.faults('pricing', { latencyMs: 60_000 });
    const begun = isWaiting();
    const client = new AbortController();
    const answer = fetch(`${shop.urls.pricing}/prices/p-0001`, { signal: client.signal, headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } });
    await begun;
    const ended = new Promise((resolve) => waits[0]?.signal.addEventListener('abort', resolve));
    client.abort();
    await expect(answer).rejects.toThrow();
    await ended;
    expect(shop.requests('pricing')).toMatchObject([{ method: 'GET', url: '/prices/p-0001', aborted: true, headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' } }]);
  });

  it('resets the connection before any byte of an answer', async () => {
    shop.faults('pricing', { resetRate: 1 });
    expect(await rawGet(shop.urls.pricing, '/prices/p-0001')).toEqual({ head: '', body: '', end: 'reset' });
    expect(shop.requests('pricing')).toMatchObject([{ aborted: false }]);
  });

  it('announces the whole body and sends half of it', async () => {
    const whole = await rawGet(shop.urls.pricing, '/prices/p-0001');
    shop.faults('pricing', { truncateRate: 1 });
    const half = await rawGet(shop.urls.pricing, '/prices/p-0001');
    expect(half.head).toMatch(/^HTTP\/1\.1 200 /);
    expect(half.head.toLowerCase()).toContain(`content-length: ${whole.body.length}`);
    expect(half.body).toBe(whole.body.slice(0, Math.floor(whole.body.length / 2)));
    await expect(fetch(`${shop.urls.pricing}/prices/p-0001`).then((response) => response.text())).rejects.toThrow();
    expect(shop.requests('pricing').map(({ aborted }) => aborted)).toEqual([false, false, false]);
  });

  it('answers a page where JSON was expected', async () => {
    shop.faults('pricing', { answer: 'html' });
    const response = await request(shop.urls.pricing).get('/prices/p-0001').expect(200).expect('content-type', /^text\/html/);
    expect(response.text).toContain('<h1>');
  });

  it('turns numbers into text and text into numbers, at every depth, and hides the status', async () => {
    const { body: sound } = await request(shop.urls.pricing).get('/prices?ids=p-0001');
    shop.faults('pricing', { answer: 'wrong-type' });
    const { body } = await request(shop.urls.pricing).get('/prices?ids=p-0001').expect(200).expect('content-type', /json/);
    expect(body.items[0].amountCents).toBe(String(sound.items[0].amountCents));
    expect(typeof body.items[0].productId).toBe('number');
    await request(shop.urls.pricing).get('/prices/p-9999').expect(200, { error: 'not found'.length });
  });

  it('streams 50 MB of valid JSON without announcing a length', async () => {
    shop.faults('pricing', { answer: 'huge' });
    const response = await fetch(`${shop.urls.pricing}/prices/p-0001`);
    expect(response.headers.get('content-length')).toBeNull();
    const text = await response.text();
    expect(text.length).toBe(hugeBytes);
    expect(JSON.parse(text).items.length).toBeGreaterThan(500);
  });

  it('stops streaming when the client has had enough', async () => {
    shop.faults('pricing', { answer: 'huge' });
    const client = new AbortController();
    const response = await fetch(`${shop.urls.pricing}/prices/p-0001`, { signal: client.signal });
    const reader = response.body?.getReader();
    await reader?.read();
    client.abort();
    await until(() => shop.requests('pricing')[0]?.aborted === true);
  });

  it('stand in front of the identity provider and of SOAP too', async () => {
    shop.faults('identity', { errorRate: 1, errorStatus: 502 });
    shop.faults('shipping', { truncateRate: 1 });
    await request(shop.urls.identity).get('/.well-known/openid-configuration').expect(502);
    shop.faults('identity', { errorRate: 0, answer: 'wrong-type' });
    expect((await request(shop.urls.identity).get('/.well-known/openid-configuration').expect(200)).body.issuer).toEqual(expect.any(Number));
    const half = await rawGet(shop.urls.shipping, '/shipping?wsdl');
    expect(half.body).toContain('<wsdl:definitions');
    expect(half.body).not.toContain('</wsdl:definitions>');
  });
});

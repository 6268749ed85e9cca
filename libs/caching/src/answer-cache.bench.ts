import 'reflect-metadata';
import { hash } from 'node:crypto';
import { bench, describe } from 'vitest';
import { Deadline, noEndpoint, RequestContext, silentTelemetry, systemClock, type Endpoint, type OutgoingAnswer, type Resolve } from '@portico/core';
import { AnswerCache } from './answer-cache.js';
import { answerCache } from './answer-cache.policy.js';
import { CacheFor } from './cache-for.decorator.js';
import { CacheManagerPartCache } from './cache-manager-part-cache.js';
import { conditional } from './conditional.policy.js';
import { createTextCache } from './text-cache.js';

class Shop {
  @CacheFor({ maxAgeMs: 3_600_000 })
  home(): void {}
}

const endpoint: Endpoint = { ...noEndpoint, kind: 'operation', name: 'Shop.home', method: 'GET', path: '/home', declared: (key) => Reflect.getMetadata(key, Shop.prototype.home) };
const body = JSON.stringify({ picks: Array.from({ length: 40 }, (_, i) => ({ id: i, name: `Product number ${i}`, price: 1_999, image: `/img/${i}.webp` })) });
const resolveWith = (cache: AnswerCache) => (() => cache) as unknown as Resolve;

class Answer implements OutgoingAnswer {
  readonly #headers: Record<string, string> = {};
  readonly status = 200;
  readonly body: string;
  constructor(text: string, headers: Readonly<Record<string, string>>) {
    this.body = text;
    Object.assign(this.#headers, headers);
  }
  header = (name: string) => this.#headers[name];
  headerValues = () => [];
  appendHeader = () => {};
  setStatus = () => {};
  setHeader = (name: string, value: string) => void (this.#headers[name] = value);
  removeHeader = (name: string) => void delete this.#headers[name];
  replace = () => {};
}

const request = () =>
  new RequestContext({
    id: 'bench-0001',
    method: 'GET',
    url: '/home?width=400',
    headers: {},
    address: '192.0.2.1',
    trace: { traceId: '', spanId: '', parentSpanId: '', sampled: false, state: '' },
    deadline: new Deadline(systemClock, 0, 2_000),
    endpoint,
    telemetry: silentTelemetry,
  });

describe(`a hit of ${body.length} characters`, async () => {
  const text = createTextCache({ clock: systemClock });
  const cache = new AnswerCache(text, systemClock);
  const kept = answerCache().compile(endpoint, resolveWith(cache));
  const tagged = conditional().compile(endpoint, resolveWith(cache));
  const first = request();
  await kept?.inbound?.(first);
  await kept?.outbound?.(first, new Answer(body, { 'content-type': 'application/json' }));
  const parts = new CacheManagerPartCache(text, systemClock);
  await parts.write('k', body, 3_600_000);

  bench('making the request context alone', () => void request());
  bench('answerCache inbound', async () => {
    const context = request();
    await kept?.inbound?.(context);
    if (!context.ready) throw new Error('not a hit');
  });
  bench('answerCache and conditional, in and out', async () => {
    const context = request();
    await kept?.inbound?.(context);
    if (!context.ready) throw new Error('not a hit');
    const answer = new Answer(context.ready.body as string, context.ready.headers);
    kept?.outbound?.(context, answer);
    tagged?.outbound?.(context, answer);
  });
  bench('part cache read', async () => void (await parts.read('k')));
  bench('entity tag', () => void hash('sha256', body, 'base64url'));
});

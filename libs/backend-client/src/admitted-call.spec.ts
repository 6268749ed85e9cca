import { Readable } from 'node:stream';
import { Cancellation, PorticoError, systemClock, type RequestContext, type ServiceCredential } from '@portico/core';
import { ManualClock, startFakeService, testContext, type FakeHandler, type FakeService } from '@portico/core/testing';
import Type from 'typebox';
import { beforeEach, describe, expect, it } from 'vitest';
import { askOf, clientOf, closing, MapCache, rejection } from '../test/fixtures.js';
import { createHttpClient, defineService, ServiceTokenConfig, type BackendClient } from './index.js';

const shop = defineService('shop');
const Thing = Type.Object({ name: Type.String() });
const readThing = shop.get('/thing', { reads: Thing });
const readShared = shop.get('/shared', { reads: Thing, keep: { freshMs: 1_000, by: 'everyone' } });
const order = shop.post('/orders');

let asked: (RequestContext | undefined)[];
let refused: string[];
let bring: (count: number) => string | Promise<string>;
beforeEach(() => {
  asked = [];
  refused = [];
  bring = (count) => `Bearer ${count}`;
});

const credential: ServiceCredential = { of: (context) => bring(asked.push(context)), refused: (authorization) => void refused.push(authorization) };

async function stage(handler: FakeHandler, audience = 'https://shop'): Promise<{ client: BackendClient; service: FakeService }> {
  const service = closing(await startFakeService(handler));
  const token = Object.assign(new ServiceTokenConfig(), { audience });
  const client = clientOf(service.origin, { token }, { credentials: ({ audience: wanted }) => (wanted === 'https://shop' ? credential : undefined), cache: new MapCache(new ManualClock()) });
  return { client, service };
}

const shownTo = ({ seen }: FakeService): (string | undefined)[] => seen.map(({ headers }) => headers.authorization as string | undefined);
const good: FakeHandler = () => ({ name: 'good' });
/** Accepts the second token only. */
const picky: FakeHandler = ({ headers }, response) => (headers.authorization === 'Bearer 2' ? { name: 'good' } : void response.writeHead(401).end());

describe('a call to a service that takes tokens', () => {
  it('carries the one for its request', async () => {
    const { client, service } = await stage(good);
    const context = testContext();
    await client.run(readThing(), askOf(context));
    expect([shownTo(service), asked]).toEqual([['Bearer 1'], [context]]);
  });

  it("carries the gateway's own where the answer is kept for everyone", async () => {
    const { client } = await stage(good);
    await client.run(readShared(), askOf(testContext()));
    expect(asked).toEqual([undefined]);
  });

  it('carries none where the service is said to take none', async () => {
    const { client, service } = await stage(good, '');
    await client.run(readThing(), askOf(testContext()));
    expect(shownTo(service)).toEqual([undefined]);
  });

  it.each([
    ['GET', readThing()],
    ['POST', order({ body: { id: 1 } })],
  ])('is sent once more as %s, with another token, where the first was not accepted', async (_method, call) => {
    const { client, service } = await stage(picky);
    await client.run<unknown>(call, askOf(testContext()));
    expect([shownTo(service), refused]).toEqual([['Bearer 1', 'Bearer 2'], ['Bearer 1']]);
  });

  it('fails when the second one is not accepted either', async () => {
    const { client, service } = await stage((_, response) => void response.writeHead(401).end());
    expect(await rejection(client.run(readThing(), askOf(testContext())))).toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
    expect(service.seen).toHaveLength(2);
  });

  it('fails as the token does, and reaches nobody', async () => {
    const { client, service } = await stage(good);
    bring = () => Promise.reject(new PorticoError('AUTHORITY_UNAVAILABLE'));
    expect(await rejection(client.run(readThing(), askOf(testContext())))).toMatchObject({ code: 'AUTHORITY_UNAVAILABLE' });
    expect(service.seen).toHaveLength(0);
  });

  it('waits for its token no longer than it has time', async () => {
    const { client } = await stage(good);
    bring = () => new Promise(() => {});
    expect(await rejection(client.run(readThing(), askOf(testContext(), 20)))).toMatchObject({ code: 'SERVICE_TIMEOUT' });
  });

  it('carries what a team says itself through axios', async () => {
    const { client, service } = await stage(good);
    const http = await createHttpClient(client);
    await http.get('http://shop/thing', { headers: { authorization: 'Basic own' } });
    await http.get('http://shop/thing');
    expect(shownTo(service)).toEqual(['Basic own', 'Bearer 1']);
  });
});

describe('a request that is passed on to a service that takes tokens', () => {
  const pass = async (client: BackendClient, { headers = [], body }: { headers?: string[]; body?: Buffer | Readable } = {}): Promise<number> => {
    const call = { method: 'POST', path: '/x', headers, body, upgrade: undefined, idleTimeoutMs: 10_000, context: testContext() };
    const answer = await client.service('shop').forwarder().send(call, { dueAt: systemClock.now() + 10_000, repeatable: false, cancellation: new Cancellation() });
    answer.body();
    return answer.status;
  };

  it('carries one, and another where that was not accepted', async () => {
    const { client, service } = await stage(picky);
    expect(await pass(client, { body: Buffer.from('x') })).toBe(200);
    expect([shownTo(service), refused]).toEqual([['Bearer 1', 'Bearer 2'], ['Bearer 1']]);
  });

  it('is sent once where its body streams: the 401 is the answer, and the token is not used again', async () => {
    const { client } = await stage(picky);
    expect(await pass(client, { body: Readable.from(['x']) })).toBe(401);
    expect(refused).toEqual(['Bearer 1']);
    expect(await pass(client, { body: Readable.from(['x']) })).toBe(200);
  });

  it('carries what its route says instead', async () => {
    const { client, service } = await stage(good);
    await pass(client, { headers: ['Authorization', 'Basic own'] });
    expect([shownTo(service), asked]).toEqual([['Basic own'], []]);
  });
});

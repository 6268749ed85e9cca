import { defineService } from '@portico/backend-client';
import type { FakeHandler } from '@portico/core/testing';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { Ended, rejection, startServices, watchedContext } from '../test/fixtures.js';
import { Aggregate, type EachPlan, type JoinPlan, type PartPlan, type RunScope } from './index.js';

const readUser = defineService('users').get('/users/:id', { reads: Type.Object({ id: Type.String() }) });
const userOf: FakeHandler = (request, response) => (request.url === '/users/gone' ? void response.writeHead(503).end() : { id: request.url.slice(7) });
const base = { name: 'users', required: false, after: [], share: undefined, when: undefined, fallback: undefined };
const values = ({ input }: RunScope) => input as string[];
const each = (more: Partial<EachPlan> = {}): EachPlan => ({ kind: 'each', ...base, values, call: (id) => readUser({ params: { id } }), ...more });
const join = (more: Partial<JoinPlan> = {}): JoinPlan => ({ kind: 'join', ...base, ids: values, fetch: () => ({ service: 'users', run: async () => [] }), key: () => '', chunkSize: 10, ...more });

async function run(plan: PartPlan, input: readonly string[]) {
  const { client, services } = await startServices({ users: userOf });
  const telemetry = new Ended();
  const { context } = watchedContext({ telemetry });
  const value = new Aggregate<readonly string[], unknown>('page', [plan], (scope) => scope['users']).run(client, input, context);
  return { value, context, telemetry, urls: () => services.users.seen.map(({ url }) => url).sort() };
}

describe('a part that asks once for each value', () => {
  it('asks for each different one, and has what they brought in the order of the values', async () => {
    const { value, context, telemetry, urls } = await run(each({ required: true }), ['b', 'a', 'b']);
    expect([await value, urls(), context.degraded, telemetry.results]).toEqual([[{ id: 'b' }, { id: 'a' }], ['/users/a', '/users/b'], undefined, { users: 'ok' }]);
  });

  it('has null for a call that failed, and says so', async () => {
    const { value, context, telemetry } = await run(each(), ['a', 'gone']);
    expect(await value).toEqual({ ok: true, value: [{ id: 'a' }, null], source: 'service' });
    expect([context.degraded, telemetry.results]).toEqual([[{ part: 'users', reason: 'unavailable' }], { users: 'failed' }]);
  });

  it('fails when all calls do, or when one does and every one is needed', async () => {
    expect(await (await run(each(), ['gone'])).value).toEqual({ ok: false, reason: 'unavailable' });
    expect(await (await run(each({ fallback: () => ['nobody'] }), ['gone'])).value).toEqual(['nobody']);
    expect(await rejection((await run(each({ required: true }), ['a', 'gone'])).value)).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('asks nobody when one of its calls cannot be made', async () => {
    const call = (id: string) => {
      if (id === 'odd') throw new TypeError('no id');
      return readUser({ params: { id } });
    };
    const { value, urls } = await run(each({ call }), ['a', 'odd']);
    expect([await value, urls()]).toEqual([{ ok: false, reason: 'refused' }, []]);
  });
});

describe('a condition and a default', () => {
  it.each([each, join])('hold for parts of several calls too', async (plan) => {
    const skipped = await run(plan({ when: () => false }), ['a']);
    expect([await skipped.value, skipped.urls(), skipped.telemetry.results, skipped.context.degraded]).toEqual([{ ok: false, reason: 'skipped' }, [], { users: 'skipped' }, undefined]);
    expect(await (await run(plan({ when: () => false, fallback: () => 'none' }), ['a'])).value).toBe('none');
  });

  it('stands in for a join that failed', async () => {
    const fetch = () => readUser({ params: { id: 'gone' } }) as never;
    const { value, context, telemetry } = await run(join({ fetch, fallback: () => 'none' }), ['a']);
    expect([await value, context.degraded, telemetry.results]).toEqual(['none', [{ part: 'users', reason: 'unavailable' }], { users: 'default' }]);
  });
});

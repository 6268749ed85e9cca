import { describe, expect, it } from 'vitest';
import { caseOf, configOf, hello } from '../../test/cases.js';
import { startFakeGateway } from '../../test/fake-gateway.js';
import type { StartGateway } from '../gateway/gateway-under-test.js';
import type { Deviations } from '../report/deviations.js';
import type { Vector } from '../vectors/vector.js';
import type { CaseResult } from './case-result.js';
import { runVectors } from './run-vectors.js';

async function tried(more: Partial<Vector>, deviations?: Deviations, gateway: StartGateway = startFakeGateway): Promise<CaseResult> {
  const [result] = await runVectors([caseOf(more)], { gateway, ...(deviations && { deviations }) });
  return result as CaseResult;
}

describe('a case', () => {
  it('is met when everything comes as expected', async () => {
    expect(await tried({})).toMatchObject({ outcome: 'met', why: '' });
  });

  it.each<[string, Partial<Vector>, string]>([
    ['another status', { expect: { status: 404 } }, 'status is 200, not 404'],
    ['another body', { expect: { body: 'bye' } }, 'body is "hello", not "bye"'],
    ['another header', { backends: [{ ...hello, headers: { who: 'Ann' } }], expect: { headers: { who: { pattern: '^B' }, 'x-none': { present: true } } } }, 'who is "Ann", not like ^B; x-none is absent'],
    ['a call that was not to be', { expect: { backend: null } }, 'a was called'],
    ['another call', { expect: { backendSees: { path: '/c', query: '?x=2', headers: { host: { absent: true } } } } }, 'path was /b, not /c; query was "?x=1", not "?x=2"; host is'],
    ['other calls', { expect: { calls: [{ backend: 'a', path: '/b' }, { backend: 'a', path: '/b' }] } }, 'no call of a'],
    ['other numbers of calls', { final: { callCounts: { a: { min: 2 } } } }, 'a was called 1 times, not {"min":2}'],
    ['another time', { expect: { elapsedMs: { min: 5_000, max: 6_000 } } }, 'not 5000 to 6000'],
    ['a start that was to be refused', { expect: { startup: 'rejected', reason: 'duplicate-route' } }, 'the importer found no fault, not duplicate-route'],
    ['a refused configuration', { config: configOf('//a') }, 'the importer found'],
    ['a stub that the case lacks', { config: configOf('/a', '/a', { ServiceName: '${backend:z}' }) }, 'The case has no backend:z'],
    ['code that is described in words', { setup: { handlers: { X: 'does something' } } }, 'its setup is in words'],
    ['a behaviour that is not known', { backends: [{ ...hello, behaviour: 'sulk' }] }, 'No back end behaves like "sulk"'],
  ])('fails for %s', async (_, more, why) => {
    const result = await tried(more);
    expect(result.outcome).toBe('failed');
    expect(result.why).toContain(why);
  });

  it('is met by a start that is refused for the reason that it names', async () => {
    const { outcome } = await tried({ config: configOf('/a', '/a', { RateLimitOptions: { Limit: 1, Period: '1x' } }), expect: { startup: 'rejected', reason: 'bad-rate-limit-period' } });
    expect(outcome).toBe('met');
  });

  it('fails when the gateway does not start', async () => {
    expect((await tried({}, undefined, () => Promise.reject(new Error('no')))).why).toBe('the gateway did not start: no');
  });
});

describe('a deviation', () => {
  const listed: Deviations = new Map([['oc.path.p01', ['body']]]);

  it('is what the documentation allows, and nothing besides', async () => {
    expect(await tried({ expect: { body: 'bye' } }, listed)).toMatchObject({ outcome: 'deviates' });
    expect(await tried({ expect: { body: 'bye', status: 500 } }, listed)).toMatchObject({ outcome: 'failed' });
  });

  it('does not end a sequence: what follows has to come as expected', async () => {
    const steps = [{ request: { method: 'GET', path: '/a' }, expect: { body: 'bye' } }, { request: { method: 'GET', path: '/a' }, expect: { status: 500 } }];
    expect(await tried({ steps }, listed)).toMatchObject({ outcome: 'failed' });
    expect(await tried({ steps: steps.slice(0, 1), final: { callCounts: { a: 2 } } }, listed)).toMatchObject({ outcome: 'failed' });
  });

  it('fails when it is met after all', async () => {
    expect(await tried({}, listed)).toMatchObject({ outcome: 'failed', why: 'is met, but docs/ocelot.md lists it as a deviation' });
  });
});

describe('a sequence', () => {
  it('takes its steps in turn, repeats them, and replaces the configuration', async () => {
    const ok = { status: 200, body: 'hello' };
    const steps = [
      { request: { method: 'GET', path: '/a' }, expect: ok, repeat: 5, concurrency: 3 },
      { waitMs: 1 },
      { replaceConfig: configOf('/new', '/b') },
      { request: { method: 'GET', path: '/a' }, expect: { status: 404, backend: null } },
      { pollUntil: { request: { method: 'GET', path: '/new' }, expect: ok, timeoutMs: 1_000 } },
    ];
    expect(await tried({ steps, final: { callCounts: { a: 6 } } })).toMatchObject({ outcome: 'met', why: '' });
  });

  it('ends with the step that goes wrong', async () => {
    const steps = [{ request: { method: 'GET', path: '/a' }, expect: { status: 500 } }, { request: { method: 'GET', path: '/a' }, expect: { status: 501 } }];
    expect((await tried({ steps })).why).toBe('status is 200, not 500');
  });
});

it('requests leave as they are written: host, repeated lines, bodies of GET, chunks', async () => {
  const echo: Partial<Vector> = { backends: [{ name: 'a', behaviour: 'echoBody' }] };
  const sees = (headers: Record<string, { pattern?: string } | string>): Partial<Vector> => ({ expect: { status: 200, backendSees: { path: '/b', headers } } });
  const results = await runVectors(
    [
      caseOf({ ...echo, ...sees({ x: '1, 2', 'content-length': '4' }), request: { method: 'GET', path: '/a', headers: [['x', '1'], ['x', '2']], body: 'body' } }),
      caseOf({ ...echo, ...sees({ 'transfer-encoding': 'chunked' }), request: { method: 'POST', path: '/a', body: 'ab', chunked: ['a', 'b'] } }),
      caseOf({ ...echo, request: { method: 'POST', path: '/a', body: { $repeat: { text: 'ab', times: 3 } } }, expect: { body: 'ababab' } }),
    ],
    { gateway: startFakeGateway },
  );
  expect(results.map(({ why }) => why)).toEqual(['', '', '']);
});

it('cases that measure time run alone, behind the others', async () => {
  const order: string[] = [];
  let running = 0;
  const gateway: StartGateway = async (...args) => {
    running++;
    const started = await startFakeGateway(...args);
    return { ...started, close: () => (running--, started.close()) };
  };
  const timed = (id: string): Vector => caseOf({ id, tags: ['timing'] });
  await runVectors([timed('oc.time.p01'), caseOf({ id: 'oc.path.p02' }), timed('oc.time.p02'), caseOf({ id: 'oc.path.p03' })], {
    gateway,
    onResult: ({ id }) => {
      order.push(id);
      if (id.startsWith('oc.time')) expect(running).toBe(0);
    },
  });
  expect(order.slice(2)).toEqual(['oc.time.p01', 'oc.time.p02']);
});

it('only the cases run whose id begins as asked for', async () => {
  const results = await runVectors([caseOf(), caseOf({ id: 'oc.query.p01' })], { gateway: startFakeGateway, only: 'oc.query' });
  expect(results.map(({ id }) => id)).toEqual(['oc.query.p01']);
});

import { startFakeService, type FakeService, settle } from '@portico/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { instances, instanceSet } from '../test/fixtures.js';
import { HealthCheckOptions } from './health-check.config.js';
import { httpProbe } from './http-probe.js';
import type { Probe } from './probe.js';

const health = Object.assign(new HealthCheckOptions(), { intervalMs: 1_000, healthyAfter: 1, unhealthyAfter: 1 });

/** A set whose instances are well unless the test names them in `sick`; they are asked every second, beginning now. */
function watched(count: number, settings: Parameters<typeof instanceSet>[3] = {}) {
  const sick = new Set<string>();
  const probe: Probe = (origin) => (sick.has(origin.slice(7, 8)) ? Promise.reject(new Error('refused')) : Promise.resolve(200));
  return { ...instanceSet(count, { baseMs: 1_500, maxEjectedPercent: 50 }, undefined, { health, probe, ...settings }), sick };
}

describe('active health checks of an instance set', () => {
  it('leave an unhealthy instance out until it is healthy again, and report both', async () => {
    const { clock, events, reached, sick } = watched(3);
    sick.add('b');
    expect(reached()).toBe('abc');
    await clock.advance(0);
    await clock.advance(0);
    expect([reached(), events]).toEqual(['ac', ['instance-unhealthy']]);
    sick.clear();
    await clock.advance(1_000);
    expect([reached(), events]).toEqual(['abc', ['instance-unhealthy', 'instance-healthy']]);
  });

  it.each([
    [4, 50, 'ab', 'cd'],
    [4, 50, 'abc', 'abcd'],
    [4, 0, 'abc', 'd'],
    [4, 0, 'abcd', 'abcd'],
    [4, 100, 'a', 'abcd'],
    [3, 34, 'ab', 'abc'],
    [3, 33, 'ab', 'c'],
  ])('of %i instances with a panic threshold of %i percent, when %s are unhealthy, use %s', async (count, panicPercent, unhealthy, used) => {
    const { clock, reached, sick } = watched(count, { panicPercent });
    for (const id of unhealthy) sick.add(id);
    await clock.advance(500);
    expect(reached(40)).toBe(used);
  });

  it('count with ejections for the panic threshold', async () => {
    const { clock, finish, reached, sick, state } = watched(4);
    sick.add('a').add('b');
    await clock.advance(500);
    expect(reached()).toBe('cd');
    finish(state(2), false, 5);
    expect(reached()).toBe('abcd');
    await clock.advance(1_500);
    expect(reached()).toBe('cd');
  });

  it('take an instance of a registry for healthy until it was checked', async () => {
    const { clock, reached, sick, source } = watched(3);
    sick.add('d');
    source.change(instances(1, 1, 1, 1));
    expect(reached()).toBe('abcd');
    await clock.advance(500);
    expect(reached()).toBe('abc');
  });

  it('forget the failures of calls when an instance is healthy again', async () => {
    const { clock, finish, sick, state } = watched(3);
    sick.add('b');
    await clock.advance(500);
    finish(state(1), false, 4);
    sick.clear();
    await clock.advance(1_000);
    expect(state(1).consecutiveFailures).toBe(0);
  });

  it('end with the set', async () => {
    const { clock, set } = watched(3);
    await clock.advance(500);
    expect(clock.pending).toBe(3);
    await set.close();
    expect(clock.pending).toBe(0);
  });

  it('are none unless they are asked for', () => {
    expect(instanceSet(3).clock.pending).toBe(0);
  });
});

describe('health checks over the wire', () => {
  const services: FakeService[] = [];

  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.close()));
  });

  it('find the instance that answers 503, the one that nobody listens at, and the one that does not answer in time', async () => {
    const start = async (status: number) => {
      const service = await startFakeService((_, response) => (status === 0 ? undefined : void response.writeHead(status).end()));
      services.push(service);
      return service;
    };
    const [good, better, bad, dead, mute] = await Promise.all([200, 204, 503, 200, 0].map(start));
    await dead!.close();
    const { clock, set, source, reached, events } = instanceSet(0, {}, undefined, { health, panicPercent: 0, probe: (...asked) => begun(...asked) });
    const real = httpProbe(clock);
    const running: Promise<unknown>[] = [];
    const begun: Probe = (...asked) => {
      const result = real(...asked);
      running.push(result.catch(() => {}));
      return result;
    };
    source.change([good, better, bad, dead, mute].map((service, index) => ({ id: 'abcde'[index]!, origin: service!.origin, weight: 1 })));
    await clock.advance(0);
    // All but the one that is mute.
    await Promise.all(running.slice(0, 4));
    await settle();
    expect([reached(40), events.length]).toEqual(['abe', 2]);
    await clock.advance(health.timeoutMs);
    await Promise.all(running.slice(0, 5));
    await settle();
    expect([reached(40), events.length]).toEqual(['ab', 3]);
    expect(good!.seen[0]).toMatchObject({ method: 'GET', url: '/health' });
    await set.close();
  });
});

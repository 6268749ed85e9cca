import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { seeded, states } from '../test/fixtures.js';
import { HealthCheck } from './health-check.js';
import { HealthCheckOptions } from './health-check.config.js';
import type { InstanceState } from './instance-state.js';
import type { Probe } from './probe.js';

type Step = number | 'fails' | 'hangs';

/** Checks every second of `count` instances, beginning after 500 ms; the probe answers as each instance's script says, whose last step goes on for ever. */
function checks(scripts: readonly (readonly Step[])[], settings: Partial<HealthCheckOptions> = {}, random = () => 0.5) {
  const clock = new ManualClock();
  const candidates = states(...scripts.map(() => 1));
  const changes: string[] = [];
  const probes: { readonly id: string; readonly at: number; readonly path: string; readonly timeoutMs: number; readonly signal: AbortSignal }[] = [];
  const turns = scripts.map(() => 0);
  const probe: Probe = (origin, path, timeoutMs, signal) => {
    const index = candidates.findIndex(({ instance }) => instance.origin === origin);
    const script = scripts[index]!;
    const step = script[Math.min(turns[index]!++, script.length - 1)]!;
    probes.push({ id: candidates[index]!.instance.id, at: clock.now(), path, timeoutMs, signal });
    if (step === 'hangs') return new Promise(() => {});
    return step === 'fails' ? Promise.reject(new Error('refused')) : Promise.resolve(step);
  };
  const options = Object.assign(new HealthCheckOptions(), { intervalMs: 1_000, ...settings });
  const onChange = (state: { instance: { id: string }; healthy: boolean }) => void changes.push(`${clock.now()} ${state.instance.id} ${state.healthy}`);
  const health = new HealthCheck(options, { clock, random, probe, onChange });
  health.watch(candidates);
  return { clock, candidates, changes, probes, health };
}

describe('HealthCheck', () => {
  it('asks each instance at its interval, for the path and within the time of the options', async () => {
    const { clock, probes } = checks([[200], [200]], { path: '/up', timeoutMs: 300 });
    await clock.advance(1_600);
    expect(probes.map(({ id, at, path, timeoutMs }) => [id, at, path, timeoutMs])).toEqual([
      ['a', 500, '/up', 300],
      ['b', 500, '/up', 300],
      ['a', 1_500, '/up', 300],
      ['b', 1_500, '/up', 300],
    ]);
  });

  it('begins at random moments within the first interval', async () => {
    const { clock, probes } = checks(Array.from({ length: 200 }, () => [200]), {}, seeded(3));
    await clock.advance(999);
    expect(probes).toHaveLength(200);
    for (const from of [0, 250, 500, 750]) expect(probes.filter(({ at }) => at >= from && at < from + 250).length).toBeGreaterThan(30);
  });

  it('takes an instance for healthy until so many checks in a row have failed, and for unhealthy until so many have succeeded', async () => {
    const { clock, candidates, changes } = checks([['fails', 503, 200, 404, 'fails', 500, 200, 500, 200, 204, 500]], { unhealthyAfter: 3, healthyAfter: 2 });
    await clock.advance(2_500);
    expect(candidates[0]!.healthy).toBe(true);
    await clock.advance(20_000);
    expect(changes).toEqual(['5500 a false', '9500 a true', '12500 a false']);
  });

  it('accepts the statuses of the options alone', async () => {
    const { changes, clock } = checks([[204], [404], [200], [399]], { expectStatus: '204, 400-404', unhealthyAfter: 1 });
    await clock.advance(500);
    expect(changes).toEqual(['500 c false', '500 d false']);
  });

  it('asks an instance again only when it has answered, and then at once if the interval is over', async () => {
    const { clock, candidates, health, probes } = checks([]);
    let answer = (_status: number): void => {};
    const seen: number[] = [];
    const slow = new HealthCheck(Object.assign(new HealthCheckOptions(), { intervalMs: 1_000 }), {
      clock,
      random: () => 0,
      probe: () => (seen.push(clock.now()), new Promise<number>((resolve) => (answer = resolve))),
      onChange: () => {},
    });
    slow.watch(states(1));
    await clock.advance(2_500);
    expect(seen).toEqual([0]);
    answer(200);
    await clock.advance(0);
    await clock.advance(0);
    expect(seen).toEqual([0, 2_500]);
    expect([candidates, probes]).toEqual([[], []]);
    health.close();
  });

  it('does not let one that hangs hold up the others', async () => {
    const { clock, probes } = checks([['hangs'], [200]]);
    await clock.advance(3_000);
    expect(probes.map(({ id }) => id).join('')).toBe('abbb');
  });

  it('follows a change of the instances: a new one is asked, one that stays goes on, one that is gone is left alone', async () => {
    const { clock, candidates, changes, health, probes } = checks([['fails'], ['fails'], [200]], { unhealthyAfter: 2 });
    const [a, b, c] = candidates;
    health.watch([a!, b!]);
    await clock.advance(600);
    health.watch([b!, c!]);
    await clock.advance(1_000);
    expect(probes.map(({ id, at }) => `${id} ${at}`)).toEqual(['a 500', 'b 500', 'c 1100', 'b 1500']);
    expect(changes).toEqual(['1500 b false']);
  });

  it('ends with no timer left, and takes no notice of what is still under way', async () => {
    const clock = new ManualClock();
    const [state] = states(1) as [InstanceState];
    let answer = (_status: number): void => {};
    let changes = 0;
    const probe: Probe = () => new Promise((resolve) => (answer = resolve));
    const options = Object.assign(new HealthCheckOptions(), { unhealthyAfter: 1 });
    const health = new HealthCheck(options, { clock, random: () => 0, probe, onChange: () => void changes++ });
    health.watch([state]);
    await clock.advance(0);
    health.close();
    answer(500);
    await clock.advance(10_000);
    expect([clock.pending, changes, state.healthy]).toEqual([0, 0, true]);
  });

  it('asks below the path prefix of an instance', async () => {
    const { clock, candidates, probes } = checks([[200], [200]]);
    candidates[1]!.described({ ...candidates[1]!.instance, pathPrefix: '/Shop/Catalog' });
    await clock.advance(500);
    expect(probes.map(({ path }) => path)).toEqual(['/health', '/Shop/Catalog/health']);
  });

  it('gives up the checks under way when it ends', async () => {
    const { clock, health, probes } = checks([['hangs']]);
    await clock.advance(500);
    expect(probes[0]!.signal.aborted).toBe(false);
    health.close();
    expect([probes[0]!.signal.aborted, clock.pending]).toEqual([true, 0]);
  });

  it('lists every option out of range', () => {
    const options = { path: 'health', intervalMs: 10, timeoutMs: 0, healthyAfter: 0, unhealthyAfter: 1.5, expectStatus: 'ok' };
    expect(() => checks([], options)).toThrow(
      'Health checks: path must begin with a slash and be percent-encoded; intervalMs must not be less than 100; timeoutMs must not be less than 1; ' +
        'healthyAfter must not be less than 1; unhealthyAfter must be an integer number; expectStatus must list statuses or ranges of them, as 200-399.',
    );
  });
});

import { loadConfig } from '@portico/config';
import { describe, expect, it } from 'vitest';
import { asking, instances, instanceSet } from '../test/fixtures.js';
import type { Balancer } from './balancer.js';
import { EjectionOptions } from './ejection.config.js';
import { InstanceSetOptions } from './instance-set.config.js';
import { PickHint } from './pick-hint.js';

const neverAsked: Balancer = {
  name: 'never-asked',
  pick: () => {
    throw new Error('asked');
  },
};

describe('InstanceSet', () => {
  it('throws SERVICE_UNAVAILABLE when the service has no instance', () => {
    expect(() => instanceSet(0).set.pick()).toThrow(expect.objectContaining({ code: 'SERVICE_UNAVAILABLE', headers: { 'retry-after': '1' } }));
  });

  it('asks no balancer when there is one instance only, even one to avoid', () => {
    const { set, state } = instanceSet(1, {}, neverAsked);
    expect([set.pick(), set.pick(state(0))]).toEqual([state(0), state(0)]);
  });

  it('avoids the instance of the former attempt', () => {
    const { set, state } = instanceSet(3);
    const picked = Array.from({ length: 12 }, () => set.pick(state(1)).instance.id);
    expect([...new Set(picked)].sort()).toEqual(['a', 'c']);
  });

  it('takes the other one of two without asking the balancer', () => {
    const { set, state } = instanceSet(2, {}, neverAsked);
    expect([set.pick(state(0)), set.pick(state(1))]).toEqual([state(1), state(0)]);
  });

  it('would rather have one that is left out than the one that has just failed', () => {
    const { finish, set, state } = instanceSet(2);
    finish(state(0), false, 5);
    expect([set.pick(), set.pick(state(1))]).toEqual([state(1), state(0)]);
  });

  it('hands the same snapshot to every pick until something changes', () => {
    const seen = new Set<unknown>();
    const spy: Balancer = { name: 'spy', pick: (candidates) => (seen.add(candidates), candidates[0]!) };
    const { set, source } = instanceSet(3, {}, spy);
    set.pick();
    set.pick();
    expect(seen.size).toBe(1);
    source.change(instances(1, 1));
    set.pick();
    expect(seen.size).toBe(2);
  });

  it('counts the calls under way and averages the duration of the successful ones', () => {
    const { set, state } = instanceSet(1);
    const only = state(0);
    set.started(only);
    set.started(only);
    expect(only.active).toBe(2);
    set.finished(only, { ok: true, durationMs: 100 });
    expect([only.active, only.ewmaMs]).toEqual([1, 100]);
    set.finished(only, { ok: false, durationMs: 1 });
    expect([only.active, only.ewmaMs, only.consecutiveFailures]).toEqual([0, 100, 1]);
    set.started(only);
    set.finished(only, { ok: true, durationMs: 200 });
    expect([only.ewmaMs, only.consecutiveFailures]).toEqual([120, 0]);
  });

  it('learns nothing about an instance from a call that says nothing about it', () => {
    const { finish, state } = instanceSet(2);
    finish(state(0), false, 4);
    finish(state(0), undefined);
    expect(state(0)).toMatchObject({ active: 0, consecutiveFailures: 4, ewmaMs: 0 });
  });

  it('follows its source and keeps what it knows of the instances that stay', () => {
    const { set, source, state, reached } = instanceSet(3);
    const [a, b, c] = set.states();
    set.started(b!);
    const [, , third, fourth] = instances(1, 1, 1, 1);
    source.change([{ ...b!.instance, weight: 7 }, { ...third!, origin: 'http://elsewhere:80' }, fourth!]);
    expect(set.states().map(({ instance }) => instance.id)).toEqual(['b', 'c', 'd']);
    expect(state(0)).toBe(b);
    expect(state(0)).toMatchObject({ active: 1, weight: 7, instance: { weight: 7 } });
    expect(state(1)).not.toBe(c);
    expect(reached()).toBe('bcd');
    expect(() => set.finished(a!, { ok: false, durationMs: 1 })).not.toThrow();
  });

  it('asks the balancer for a hint only where it needs one, and hands that to every pick and to the answer', () => {
    const plain = instanceSet(3);
    expect([plain.set.needsHint, plain.set.hint(asking())]).toEqual([false, undefined]);
    const heard: unknown[] = [];
    const spy: Balancer = {
      name: 'spy',
      hint: (request, affinity) => new PickHint(request, affinity, () => 'key'),
      pick: (candidates, _, hint) => (heard.push(candidates.length, hint), candidates[0]!),
      answered: (state, hint) => void heard.push(state.instance.id, hint),
    };
    const { set } = instanceSet(3, {}, spy);
    const hint = set.hint(asking())!;
    set.answered(set.pick(set.pick(undefined, hint), hint), hint);
    expect([set.needsHint, heard]).toEqual([true, [3, hint, 2, hint, 'b', hint]]);
  });

  it('tells the balancer how every call ended', () => {
    const heard: unknown[] = [];
    const spy: Balancer = { name: 'spy', pick: ([first]) => first!, finished: (state, { ok, durationMs }) => void heard.push(state.instance.id, state.active, ok, durationMs) };
    const { finish, state } = instanceSet(2, {}, spy);
    finish(state(0), true);
    finish(state(1), undefined);
    finish(state(1), false);
    expect(heard).toEqual(['a', 0, true, 10, 'b', 0, undefined, 10, 'b', 0, false, 10]);
  });

  it('has options that a configuration can be loaded by, with health checks only where they are asked for', () => {
    const options = loadConfig(InstanceSetOptions, { env: { PORTICO_SLOW_START_MS: '500', PORTICO_EJECTION_BASE_MS: '7' } });
    expect(options).toEqual(new InstanceSetOptions({ slowStartMs: 500, ejection: new EjectionOptions({ baseMs: 7 }) }));
    expect(() => loadConfig(InstanceSetOptions, { env: { PORTICO_PANIC_PERCENT: '101' } })).toThrow('panicPercent');
  });

  it('ends following and closes its source', async () => {
    const { set, source } = instanceSet(2);
    await set.close();
    expect([source.listeners.size, source.closed]).toEqual([0, true]);
  });
});

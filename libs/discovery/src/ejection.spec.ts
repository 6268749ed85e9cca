import { loadConfig } from '@portico/config';
import { describe, expect, it } from 'vitest';
import { instances, instanceSet } from '../test/fixtures.js';
import { EjectionOptions } from './ejection.config.js';

const options = { consecutiveFailures: 5, baseMs: 1_000, maxMs: 2_500, maxEjectedPercent: 50 };

describe('passive ejection', () => {
  it('leaves an instance out after so many failures in a row, and reports it', () => {
    const { events, finish, reached, state } = instanceSet(4, options);
    finish(state(1), false, 4);
    expect([reached(), events]).toEqual(['abcd', []]);
    finish(state(1), false);
    expect([reached(), events]).toEqual(['acd', ['instance-ejected']]);
    expect(state(1)).toMatchObject({ ejectedUntil: 1_000, timesEjected: 1 });
  });

  it('leaves an instance out for a moment that cannot be reached, each time anew, and longer once it has failed often enough', async () => {
    const { clock, events, reached, set, state } = instanceSet(4, { ...options, unreachableMs: 100 });
    const unreachable = () => {
      set.started(state(1));
      set.finished(state(1), { ok: false, durationMs: 5, unreachable: true });
    };
    for (let count = 1; count < options.consecutiveFailures; count++) {
      unreachable();
      expect([reached(), state(1).ejectedUntil - clock.now(), events.length]).toEqual(['acd', 100, count]);
      await clock.advance(100);
      expect(reached()).toBe('abcd');
    }
    unreachable();
    expect(state(1).ejectedUntil - clock.now()).toBe(options.baseMs);
  });

  it('takes one that cannot be reached like one that fails where there is no time for it', () => {
    const { reached, set, state } = instanceSet(4, { ...options, unreachableMs: 0 });
    set.started(state(1));
    set.finished(state(1), { ok: false, durationMs: 5, unreachable: true });
    expect(reached()).toBe('abcd');
  });

  it('forgives failures that a success interrupts', () => {
    const { finish, reached, state } = instanceSet(4, options);
    finish(state(1), false, 4);
    finish(state(1), true);
    finish(state(1), false, 4);
    expect(reached()).toBe('abcd');
  });

  it('lets the instance back in when its time is over, with no timer', async () => {
    const { clock, finish, reached, state } = instanceSet(4, options);
    finish(state(1), false, 5);
    expect(clock.pending).toBe(0);
    await clock.advance(999);
    expect(reached()).toBe('acd');
    await clock.advance(1);
    expect(reached()).toBe('abcd');
    finish(state(1), false, 4);
    expect(reached()).toBe('abcd');
  });

  it('lasts longer each time in a row, up to its bound, and begins anew after a good while', async () => {
    const { clock, finish, state } = instanceSet(4, options);
    const lasts: number[] = [];
    const eject = () => {
      finish(state(1), false, 5);
      lasts.push(state(1).ejectedUntil - clock.now());
    };
    for (let count = 0; count < 4; count++) {
      eject();
      await clock.advance(lasts.at(-1)! + 100);
    }
    await clock.advance(2_400);
    eject();
    expect(lasts).toEqual([1_000, 2_000, 2_500, 2_500, 1_000]);
  });

  it.each([
    [1, 50, ''],
    [2, 50, 'a'],
    [3, 50, 'a'],
    [4, 50, 'ab'],
    [4, 0, ''],
    [3, 100, 'abc'],
  ])('of %i instances ejects no more than %i percent', (count, maxEjectedPercent, ejected) => {
    const { finish, set } = instanceSet(count, { ...options, maxEjectedPercent });
    for (const state of set.states()) finish(state, false, 10);
    const out = set.states().filter(({ ejectedUntil }) => ejectedUntil > 0);
    expect(out.map(({ instance }) => instance.id).join('')).toBe(ejected);
  });

  it('ejects an instance that goes on failing as soon as there is room', async () => {
    const { clock, finish, reached, state } = instanceSet(2, options);
    finish(state(0), false, 5);
    finish(state(1), false, 9);
    expect(reached()).toBe('b');
    await clock.advance(1_000);
    finish(state(1), false);
    expect(reached()).toBe('a');
  });

  it('uses all of them anyway when all are ejected', async () => {
    const { clock, source, finish, reached, set, state } = instanceSet(3, { ...options, maxEjectedPercent: 100 });
    for (const each of set.states()) finish(each, false, 5);
    expect(reached()).toBe('abc');
    source.change(instances(1, 1));
    expect(reached()).toBe('ab');
    await clock.advance(500);
    finish(state(0), false, 20);
    await clock.advance(500);
    finish(state(0), false, 4);
    expect(state(0).timesEjected).toBe(1);
  });

  it('does not eject an instance that is gone', () => {
    const { source, events, finish, set } = instanceSet(3, options);
    const gone = set.states()[2]!;
    source.change(instances(1, 1));
    finish(gone, false, 5);
    expect([events, gone.ejectedUntil]).toEqual([[], 0]);
  });

  it('lets each one back in at its own time', async () => {
    const { clock, finish, reached, state } = instanceSet(4, options);
    finish(state(0), false, 5);
    await clock.advance(400);
    finish(state(1), false, 5);
    expect(reached()).toBe('cd');
    await clock.advance(600);
    expect(reached()).toBe('acd');
    await clock.advance(400);
    expect(reached()).toBe('abcd');
  });
});

describe('EjectionOptions', () => {
  it('has defaults', () => {
    expect(new EjectionOptions()).toEqual({ consecutiveFailures: 5, unreachableMs: 1_000, baseMs: 10_000, maxMs: 120_000, maxEjectedPercent: 50 });
  });

  it('lists every value out of range', () => {
    expect(() => new EjectionOptions({ consecutiveFailures: 0, baseMs: NaN, maxEjectedPercent: 101 })).toThrow(
      'Ejection options: consecutiveFailures must be a whole number from 1; baseMs must be at least 1; maxMs must be at least baseMs; ' +
        'maxEjectedPercent must be from 0 to 100.',
    );
  });

  it('holds a configuration to the same ranges', () => {
    const load = (env: Record<string, string>) => loadConfig(EjectionOptions, { env, prefix: 'E' });
    expect(load({ E_BASE_MS: '0.5e3' })).toEqual({ ...new EjectionOptions(), baseMs: 500 });
    expect(load({ E_MAX_EJECTED_PERCENT: '0', E_MAX_MS: '10000' })).toMatchObject({ maxEjectedPercent: 0, maxMs: 10_000 });
    const wrong = { E_CONSECUTIVE_FAILURES: '1.5', E_BASE_MS: '0', E_MAX_MS: '-1', E_MAX_EJECTED_PERCENT: '101' };
    for (const path of ['consecutiveFailures', 'baseMs', 'maxMs', 'maxEjectedPercent']) expect(() => load(wrong)).toThrow(path);
    expect(() => load({ E_MAX_MS: '9999' })).toThrow('maxMs');
  });
});

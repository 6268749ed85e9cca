import { ManualClock } from '@portico/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Instance } from '../instance.js';
import type { InstanceSource } from '../instance-source.js';
import { LastingInstances } from './lasting-instances.js';

const one: Instance = { id: 'a', origin: 'http://a', weight: 1 };
const other: Instance = { id: 'b', origin: 'http://b', weight: 1 };

let clock: ManualClock;
let tell: (instances: readonly Instance[]) => void;
let closed: boolean;
let heard: string[];
let source: LastingInstances;
beforeEach(() => {
  clock = new ManualClock();
  closed = false;
  heard = [];
  const behind: InstanceSource = {
    current: () => [one],
    subscribe: (listener) => {
      tell = listener;
      return () => (tell = () => {});
    },
    close: async () => void (closed = true),
  };
  source = new LastingInstances(behind, 10_000, clock);
  source.subscribe((instances) => void heard.push(instances.map(({ id }) => id).join()));
});

const known = (): string => source.current().map(({ id }) => id).join();

describe('lasting instances', () => {
  it('change as the source says', () => {
    expect(known()).toBe('a');
    tell([one, other]);
    expect(known()).toBe('a,b');
    expect(heard).toEqual(['a,b']);
  });

  it('outlast a source that knows none for a while', async () => {
    tell([]);
    await clock.advance(9_999);
    expect([known(), heard]).toEqual(['a', []]);
    tell([other]);
    await clock.advance(60_000);
    expect([known(), heard]).toEqual(['b', ['b']]);
  });

  it('end when the source goes on saying that there are none', async () => {
    tell([]);
    await clock.advance(10_000);
    expect([known(), heard]).toEqual(['', ['']]);
  });

  it('are followed no more once closed, and leave no timer', async () => {
    tell([]);
    await source.close();
    expect([closed, clock.pending]).toEqual([true, 0]);
    tell([other]);
    expect(heard).toEqual([]);
  });
});

import { ManualClock } from '@portico/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryKeyFailures } from './memory-key-failures.js';

let clock: ManualClock;
let failures: MemoryKeyFailures;

beforeEach(() => {
  clock = new ManualClock();
  failures = new MemoryKeyFailures({ clock });
});

const fail = (count: number, address = '192.0.2.1', counter = failures) => Array.from({ length: count }, () => counter.count(address));

describe('Failures of one address', () => {
  it('are taken twenty times, and block it until the first one is a minute ago', async () => {
    expect(fail(19)).toEqual(Array(19).fill(0));
    expect(failures.blockedMs('192.0.2.1')).toBe(0);
    await clock.advance(10_000);
    expect(fail(1)).toEqual([0]);
    expect(failures.blockedMs('192.0.2.1')).toBe(50_000);
    expect(fail(1)).toEqual([50_000]);
    await clock.advance(49_999);
    expect(failures.blockedMs('192.0.2.1')).toBe(1);
    await clock.advance(1);
    expect(failures.blockedMs('192.0.2.1')).toBe(0);
  });

  it('are never more than twenty in any minute', async () => {
    const taken: number[] = [];
    for (let step = 0; step < 2_000; step++) {
      if (failures.blockedMs('192.0.2.1') === 0 && failures.count('192.0.2.1') === 0) taken.push(clock.now());
      await clock.advance((step * 37) % 400);
    }
    expect(taken.length).toBeGreaterThan(60);
    for (const start of taken) expect(taken.filter((time) => time >= start && time < start + 60_000).length).toBeLessThanOrEqual(20);
  });

  it('do not count while it is blocked: asking on prolongs nothing', async () => {
    fail(20);
    await clock.advance(30_000);
    fail(100);
    await clock.advance(30_000);
    expect(fail(1)).toEqual([0]);
  });

  it('block no other address, but all of an IPv6 network', () => {
    fail(20);
    fail(10, '2001:db8::1');
    fail(10, '2001:db8::ffff:2');
    expect(['192.0.2.2', '2001:db8:0:1::1'].map((address) => failures.blockedMs(address))).toEqual([0, 0]);
    expect(['::ffff:192.0.2.1', '2001:db8::3'].map((address) => failures.blockedMs(address))).toEqual([60_000, 60_000]);
  });

  it('arm no timer', () => {
    fail(40);
    expect(clock.pending).toBe(0);
  });
});

describe('Failures of many addresses', () => {
  it('are forgotten, oldest first, at the bound, but nobody who is blocked is freed by that', () => {
    failures = new MemoryKeyFailures({ clock, maxAddresses: 3 });
    fail(20);
    for (let index = 0; index < 1_000; index++) failures.count(`198.51.100.${index}`);
    expect(failures.size).toBe(3);
    expect(failures.blockedMs('192.0.2.1')).toBe(60_000);
  });

  it('are forgotten when they are too old to count', async () => {
    for (let index = 0; index < 100; index++) failures.count(`198.51.100.${index}`);
    await clock.advance(60_000);
    for (let index = 0; index < 100; index++) failures.count(`203.0.113.${index}`);
    expect(failures.size).toBe(100);
  });
});

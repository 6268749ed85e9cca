import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, settle } from '@portico/core/testing';
import { Reachability, type RedisConnection } from './index.js';

describe('Whether Redis can be asked', () => {
  let clock: ManualClock;
  let told: string[];
  let ping: () => Promise<unknown>;
  let pings: number;
  let reach: Reachability;
  const down = (): Promise<never> => Promise.reject(new Error('down'));

  beforeEach(() => {
    clock = new ManualClock();
    told = [];
    pings = 0;
    ping = down;
    const client = { ping: () => (pings++, ping()) } as unknown as RedisConnection['client'];
    reach = new Reachability({ client }, { clock, onAway: (error) => told.push((error as Error).message), onBack: () => told.push('back') });
  });

  it('gives what Redis answers, and leaves no timer behind', async () => {
    expect(await reach.ask(async () => 'PONG')).toBe('PONG');
    expect([reach.away, clock.pending, told]).toEqual([false, 0, []]);
  });

  it('is no after one failure: nobody else asks, and it is told once', async () => {
    await Promise.all([expect(reach.ask(down)).rejects.toThrow('down'), expect(reach.ask(down)).rejects.toThrow('down')]);
    let asked = false;
    await expect(reach.ask(async () => (asked = true))).rejects.toThrow('Redis is away');
    expect([reach.away, asked, told]).toEqual([true, false, ['down']]);
  });

  it('is no when there is no answer within 500 ms', async () => {
    const asked = expect(reach.ask(() => new Promise(() => {}))).rejects.toThrow('500 ms');
    await clock.advance(499);
    expect(reach.away).toBe(false);
    await clock.advance(1);
    await asked;
    expect(reach.away).toBe(true);
  });

  it('is yes when the answer had arrived, and this process was only too busy to read it in time', async () => {
    let timeIsOver = (): void => {};
    const busy = new Reachability({ client: {} as RedisConnection['client'] }, { clock: { now: () => 0, epochMs: () => 0, schedule: (task) => ((timeIsOver = task), { cancel: () => {} }) } });
    let arrive = (_: string): void => {};
    const asked = busy.ask(() => new Promise<string>((resolve) => (arrive = resolve)));
    timeIsOver();
    arrive('PONG');
    expect(await asked).toBe('PONG');
    await settle();
    expect(busy.away).toBe(false);
  });

  it('is looked at every 500 ms until Redis answers, and told to all who want to know', async () => {
    reach.whenBack(() => told.push('mine'));
    await reach.ask(down).catch(() => undefined);
    await clock.advance(1_499);
    expect([pings, reach.away]).toEqual([2, true]);
    ping = async () => 'PONG';
    await clock.advance(1);
    expect([reach.away, clock.pending, told]).toEqual([false, 0, ['down', 'back', 'mine']]);
    expect(await reach.ask(async () => 1)).toBe(1);
  });

  it('is looked at no more once it is closed, also when a look is under way', async () => {
    let answer = (): void => {};
    ping = () => new Promise((resolve) => (answer = () => resolve('PONG')));
    await reach.ask(down).catch(() => undefined);
    await clock.advance(500);
    reach.close();
    answer();
    await settle();
    expect([clock.pending, told]).toEqual([0, ['down']]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createShopData } from '../data/shop-data.js';
import { priceTicks } from './price-ticks.js';

const data = createShopData();
const now = (): Date => new Date('2026-02-01T10:00:00.000Z');
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('price ticks', () => {
  it.each([[1, 1], [2, 2], [100, 100], [250, 250], [1_000, 1_000]])('come about %i times a second', (perSecond, expected) => {
    const heard: unknown[] = [];
    priceTicks(data, now, perSecond).listen(({ data: tick }) => heard.push(tick));
    vi.advanceTimersByTime(1_000);
    expect(heard.length).toBeGreaterThanOrEqual(expected * 0.9);
    expect(heard.length).toBeLessThanOrEqual(expected * 1.1);
    expect(heard[0]).toMatchObject({ at: '2026-02-01T10:00:00.000Z', productId: expect.any(String) });
  });

  it('need no timer while nobody listens, or when there are none', () => {
    const feed = priceTicks(data, now, 2);
    expect(vi.getTimerCount()).toBe(0);
    const stop = feed.listen(() => {});
    expect(vi.getTimerCount()).toBe(1);
    stop();
    expect(vi.getTimerCount()).toBe(0);
    priceTicks(data, now, 0).listen(() => {});
    expect(vi.getTimerCount()).toBe(0);
  });
});

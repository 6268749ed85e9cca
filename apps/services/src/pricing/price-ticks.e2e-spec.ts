import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventClient } from '../../test/event-client.js';
import { startShop, type RunningShop } from '../start-shop.js';

const now = '2026-02-01T10:00:00.000Z';
const start = () => startShop({ only: ['pricing'], priceTicksPerSecond: 1_000, now: () => new Date(now) });
let shop: RunningShop;
beforeEach(async () => {
  shop = await start();
});
afterEach(() => shop.close());

describe('ticks of prices', () => {
  it('tell what a price was and is, without ids, and are the same for the same seed', async () => {
    const client = await EventClient.open(`${shop.urls.pricing}/prices/ticks`);
    const ticks = await client.take(50);
    expect(ticks[0]).toEqual({ event: 'price-tick', data: { productId: expect.stringMatching(/^p-/), amountCents: expect.any(Number), previousCents: expect.any(Number), currency: 'EUR', at: now } });
    const again = await start();
    expect(await (await EventClient.open(`${again.urls.pricing}/prices/ticks`)).take(50)).toEqual(ticks);
    await again.close();
  });

  it('change no price that is asked for', async () => {
    const client = await EventClient.open(`${shop.urls.pricing}/prices/ticks`);
    const { productId, amountCents } = (await client.next()).data as { productId: string; amountCents: number };
    const ask = async () => (await (await fetch(`${shop.urls.pricing}/prices/${productId}`)).json()) as { amountCents: number };
    const asked = await ask();
    expect(asked.amountCents).not.toBe(amountCents);
    await client.take(20);
    expect(await ask()).toEqual(asked);
  });
});

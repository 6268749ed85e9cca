import type { ShopData } from '../data/shop-data.js';
import { EventFeed } from '../server/event-feed.js';
import type { PriceTick } from './price-tick.schema.js';
import { PriceWalk } from './price-walk.js';

/** The most beats of the timer in a second; more ticks than that come several at a time. Each beat is up to 1 ms late, which few beats bear better. */
const mostBeats = 20;

/** About `perSecond` ticks of a {@link PriceWalk}, made only while somebody listens; 0 makes none. */
export function priceTicks(data: ShopData, now: () => Date, perSecond: number): EventFeed<PriceTick> {
  const walk = new PriceWalk(data);
  const perBeat = Math.ceil(perSecond / mostBeats);
  const beat = (): void => {
    for (let count = 0; count < perBeat; count += 1) feed.publish({ ...walk.next(), at: now().toISOString() });
  };
  const source = (): (() => void) => {
    const timer = setInterval(beat, (1_000 * perBeat) / perSecond).unref();
    return () => clearInterval(timer);
  };
  const feed = new EventFeed<PriceTick>({ source: perSecond > 0 ? source : undefined });
  return feed;
}

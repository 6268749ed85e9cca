import type { ShopData } from '../data/shop-data.js';
import { seededRandom, type SeededRandom } from '../data/seeded-random.js';
import type { PriceTick } from './price-tick.schema.js';

/** The most that one step moves a price, as a share of what the product costs. */
const mostStep = 0.02;

/** How far a price may move from what the product costs, as a share of that. */
const mostAway = 0.2;

/** Prices that walk at random around what the products cost: the same steps for the same seed. Every step moves a price, and none leads below 1 cent. */
export class PriceWalk {
  readonly #data: ShopData;
  readonly #random: SeededRandom;
  readonly #now = new Map<string, number>();

  constructor(data: ShopData) {
    this.#data = data;
    this.#random = seededRandom(data.seed, 'ticks');
  }

  /** Moves the price of one product. */
  next(): Omit<PriceTick, 'at'> {
    const { id: productId } = this.#random.pick(this.#data.products);
    const price = this.#data.price(productId);
    if (!price) throw new Error(`no price for ${productId}`);
    const previousCents = this.#now.get(productId) ?? price.amountCents;
    const stepCents = this.#random.between(1, Math.max(1, Math.round(price.amountCents * mostStep))) * this.#random.pick([-1, 1]);
    // A step that would lead too far is taken the other way.
    const tooFar = Math.abs(previousCents + stepCents - price.amountCents) > price.amountCents * mostAway;
    const amountCents = Math.max(1, tooFar ? previousCents - stepCents : previousCents + stepCents);
    this.#now.set(productId, amountCents);
    return { productId, amountCents, previousCents, currency: price.currency };
  }
}

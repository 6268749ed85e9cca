import type { Pick } from './pick.schema.js';
import type { Product } from './product.schema.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';

/** How many recommendations exist per customer and per product. */
export const picksPerList = 60;

/** Recommends products to a customer, best first. */
export function makePicks(seed: number, customerId: string, products: readonly Product[]): Pick[] {
  const random = seededRandom(seed, `picks/${customerId}`);
  return ranked(random, random.sample(products, picksPerList), () => random.pick(['popular near you', 'because of your last order', 'new in a category you like', 'bought by similar customers']));
}

/** Recommends products beside a product, best first: the same category, the same brand before the others. */
export function makeRelated(seed: number, product: Product, products: readonly Product[]): Pick[] {
  const random = seededRandom(seed, `related/${product.id}`);
  const others = products.filter((other) => other.id !== product.id && other.category === product.category);
  const chosen = random.sample(others, picksPerList).sort((one, other) => Number(other.brand === product.brand) - Number(one.brand === product.brand));
  return ranked(random, chosen, (other) => (other.brand === product.brand ? 'same brand' : 'same category'));
}

function ranked(random: SeededRandom, products: readonly Product[], reasonFor: (product: Product) => string): Pick[] {
  let score = 0.995;
  return products.map((product) => {
    score -= random.next() * 0.012;
    return { productId: product.id, score: Math.round(score * 1_000) / 1_000, reason: reasonFor(product) };
  });
}

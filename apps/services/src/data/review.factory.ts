import { daysFromEpoch } from './epoch.js';
import type { Review, ReviewSummary } from './review.schema.js';
import { seededRandom } from './seeded-random.js';
import { familyNames, firstNames } from './vocabulary/people.js';
import { reviewWordsFor } from './vocabulary/review-words.js';

const maxReviews = 40;

/** Draws only the ratings: enough for a summary, and much cheaper than the texts. */
export function makeRatings(seed: number, productId: string): number[] {
  const random = seededRandom(seed, `ratings/${productId}`);
  const lean = random.pick([0.35, 0.55, 0.75]);
  return Array.from({ length: random.between(0, maxReviews) }, () => (random.chance(lean) ? 5 : random.chance(0.6) ? 4 : random.between(1, 3)));
}

/** Counts and averages ratings. */
export function summarize(productId: string, ratings: readonly number[]): ReviewSummary {
  const sum = ratings.reduce((total, rating) => total + rating, 0);
  return { productId, count: ratings.length, average: ratings.length === 0 ? 0 : Math.round((sum / ratings.length) * 10) / 10 };
}

/** Makes the reviews of a product, newest first; their ratings are those of {@link makeRatings}. */
export function makeReviews(seed: number, productId: string): Review[] {
  const random = seededRandom(seed, `reviews/${productId}`);
  let days = random.between(0, 20);
  return makeRatings(seed, productId).map((rating, index) => {
    const words = reviewWordsFor(rating);
    const first = random.pick(firstNames);
    const family = random.pick(familyNames);
    days += random.between(1, 25);
    return {
      id: `r-${productId.slice(2)}-${String(index + 1).padStart(2, '0')}`,
      author: `${first} ${family.charAt(0)}.`,
      authorEmail: `${first}.${family}@mail.example`.toLowerCase(),
      rating,
      title: random.pick(words.titles),
      text: random.sample(words.lines, random.between(1, 4)).join(' '),
      at: daysFromEpoch(-days, random.between(0, 86_399) * 1_000),
      helpful: random.between(0, 48),
    };
  });
}

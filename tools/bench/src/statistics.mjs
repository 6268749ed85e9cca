/**
 * A figure with its honesty: the middle of the samples and how far they lie apart.
 * @typedef {{ median: number, min: number, max: number, samples: number }} Spread
 */

/**
 * Middle of the values; of an even number of values the mean of the two middle ones.
 * @param {readonly number[]} values at least one
 * @returns {number}
 */
export function median(values) {
  if (values.length === 0) throw new RangeError('median needs at least one value');
  const sorted = [...values].sort((a, b) => a - b);
  const upper = /** @type {number} */ (sorted[Math.floor(sorted.length / 2)]);
  if (sorted.length % 2 === 1) return upper;
  return (/** @type {number} */ (sorted[sorted.length / 2 - 1]) + upper) / 2;
}

/**
 * @param {readonly number[]} values at least one
 * @returns {Spread}
 */
export function spread(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values), samples: values.length };
}

/**
 * Smallest of the values that so many percent of them do not exceed.
 * @param {readonly number[]} values at least one
 * @param {number} percent above 0, up to 100
 * @returns {number}
 */
export function percentile(values, percent) {
  if (values.length === 0) throw new RangeError('a percentile needs at least one value');
  // Typed, for it sorts numbers and is fast at a hundred thousand of them.
  return /** @type {number} */ (Float64Array.from(values).sort()[Math.ceil((values.length * percent) / 100) - 1]);
}

/**
 * Slope of the straight line that lies closest to the points (least squares).
 * @param {readonly { x: number, y: number }[]} points at least two, of different x
 * @returns {number}
 */
export function slope(points) {
  if (new Set(points.map(({ x }) => x)).size < 2) throw new RangeError('a slope needs two points');
  const mean = (/** @type {(point: { x: number, y: number }) => number} */ read) => points.reduce((sum, point) => sum + read(point), 0) / points.length;
  const [middleX, middleY] = [mean(({ x }) => x), mean(({ y }) => y)];
  return mean(({ x, y }) => (x - middleX) * (y - middleY)) / mean(({ x }) => (x - middleX) ** 2);
}

/**
 * Ratios pair by pair: a slow minute of the machine hits both sides of a pair and cancels out, which it does not between two medians.
 * @param {readonly number[]} tops
 * @param {readonly number[]} bottoms as many as tops, each measured next to its top
 * @returns {number[]}
 */
export function pairRatios(tops, bottoms) {
  if (tops.length !== bottoms.length) throw new RangeError(`${tops.length} values cannot be paired with ${bottoms.length}`);
  return tops.map((top, index) => top / /** @type {number} */ (bottoms[index]));
}

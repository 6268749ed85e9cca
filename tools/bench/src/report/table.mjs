/** @typedef {import('./result.mjs').Result} Result */

/** A line of a table: key, median, range, samples. @typedef {[key: string, median: string, range: string, samples: string]} Row */

export const heads = /** @type {Row} */ (['key', 'median', 'min - max', 'samples']);

/**
 * Lines of the table, ratios first.
 * @param {Result} result
 * @returns {{ title: string, rows: Row[] }[]}
 */
export const sections = ({ ratios, figures, ranges }) =>
  [
    { title: 'Ratios, pair by pair', rows: rowsOf(ratios, ranges) },
    { title: 'Figures', rows: rowsOf(figures, ranges) },
  ].filter(({ rows }) => rows.length > 0);

/**
 * @param {Record<string, number>} values
 * @param {Result['ranges']} ranges
 * @returns {Row[]}
 */
const rowsOf = (values, ranges) =>
  Object.keys(values).map((key) => {
    const { median, min, max, samples } = /** @type {import('../statistics.mjs').Spread} */ (ranges[key]);
    return [key, number(median), `${number(min)} - ${number(max)}`, String(samples)];
  });

/** Three figures are all that the machine's noise leaves. @param {number} value */
const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

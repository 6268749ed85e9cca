/**
 * Differences between two JSON values, one readable line each with its JSON path; none when they are equal.
 * Keys must be exactly the same; their order has no meaning, that of array elements has.
 * @param {unknown} expected
 * @param {unknown} actual
 * @param {string} [path]
 * @returns {string[]}
 */
export function differences(expected, actual, path = '$') {
  if (Array.isArray(expected)) return arrayDifferences(expected, actual, path);
  if (isObject(expected)) return objectDifferences(expected, actual, path);
  return Object.is(expected, actual) ? [] : [line(path, expected, actual)];
}

/**
 * @param {readonly unknown[]} expected
 * @param {unknown} actual
 * @param {string} path
 */
function arrayDifferences(expected, actual, path) {
  if (!Array.isArray(actual)) return [line(path, expected, actual)];
  const length = expected.length === actual.length ? [] : [`${path}: expected ${expected.length} elements, got ${actual.length}`];
  const shared = expected.slice(0, actual.length);
  return [...length, ...shared.flatMap((element, index) => differences(element, actual[index], `${path}[${index}]`))];
}

/**
 * @param {Record<string, unknown>} expected
 * @param {unknown} actual
 * @param {string} path
 */
function objectDifferences(expected, actual, path) {
  if (!isObject(actual)) return [line(path, expected, actual)];
  const lines = Object.keys(expected).flatMap((key) =>
    Object.hasOwn(actual, key) ? differences(expected[key], actual[key], `${path}.${key}`) : [`${path}.${key}: missing`],
  );
  const surplus = Object.keys(actual).filter((key) => !Object.hasOwn(expected, key));
  return [...lines, ...surplus.map((key) => `${path}.${key}: not in the view model`)];
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param {string} path
 * @param {unknown} expected
 * @param {unknown} actual
 */
const line = (path, expected, actual) => `${path}: expected ${shown(expected)}, got ${shown(actual)}`;

/** @param {unknown} value */
const shown = (value) => (JSON.stringify(value) ?? 'nothing').slice(0, 120);

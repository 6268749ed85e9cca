/**
 * A duration as one reads it.
 * @param {number} ms
 * @returns {string} as in `0.4 s`, `12.0 s`, `2 min 05 s`
 */
export function duration(ms) {
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

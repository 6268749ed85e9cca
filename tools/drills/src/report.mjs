/**
 * One drill, and what came of the load beside it.
 * @typedef {{ readonly drill: import('./drills/drills.mjs').Drill, readonly tally: import('./load/load.mjs').Tally, readonly seconds: number }} Outcome
 */

/**
 * The figures as a table in Markdown.
 * @param {readonly Outcome[]} outcomes
 * @returns {string}
 */
export function table(outcomes) {
  const rows = outcomes.map(({ drill, tally: { sent, answered, degraded, failed, durationsMs, failures }, seconds }) => {
    const how = Object.entries(failures).map(([name, count]) => `${count} × ${name.trim()}`).join(', ');
    return `| ${drill.title} | ${seconds.toFixed(0)} | ${sent} | ${answered} | ${degraded} | ${failed}${how === '' ? '' : ` (${how})`} | ${quantile(durationsMs, 0.5)} | ${quantile(durationsMs, 0.99)} |`;
  });
  return ['| what happens | s | sent | answered | of them degraded | failed | median, ms | p99, ms |', '| --- | --- | --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(0);
}

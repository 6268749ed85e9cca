import { heads, sections } from './table.mjs';

/** Load average below which a machine counts as left alone. */
const quietLoad = 1;

/**
 * The result as aligned text.
 * @param {import('./result.mjs').Result} result
 * @returns {string}
 */
export function consoleReport(result) {
  const tables = sections(result);
  const lines = tables.flatMap(({ rows }) => [heads, ...rows]);
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const shown = (/** @type {readonly string[]} */ line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  return [
    machineLine(result),
    ...(result.settings.quick ? ['A quick run: proves that the harness runs; its figures are not for quoting.'] : []),
    ...tables.flatMap(({ title, rows }) => ['', title, shown(heads), ...rows.map(shown)]),
    '',
  ].join('\n');
}

/** @param {import('./result.mjs').Result} result */
export const machineLine = ({ machine: { cpu, cores, node, os, pinned, loadBefore } }) =>
  [
    `${cpu}, ${cores} cores, ${os}, Node ${node}`,
    pinned ? 'gateway alone on one core' : 'NOT pinned: no taskset or a single core, ratios are rough',
    ...(loadBefore > quietLoad ? [`NOT quiet: load ${loadBefore} before the run, ratios scatter`] : []),
  ].join('; ');

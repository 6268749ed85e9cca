/**
 * A table in plain text: columns as wide as their longest cell, a line under the headings.
 * @param {readonly string[]} headings
 * @param {readonly (readonly string[])[]} rows
 * @returns {string} without a line break at its end
 */
export function table(headings, rows) {
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)));
  /** @param {readonly string[]} cells */
  const line = (cells) => `  ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join('  ')}`.trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

/** A first character with which spreadsheets begin a formula. */
const formula = /^[=+\-@\t\r]/;

function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The header line (RFC 4180). */
export function csvHeader(columns: readonly string[]): string {
  return `${columns.map(field).join(',')}\r\n`;
}

/** One record (RFC 4180). Text that a spreadsheet would run as a formula is quoted with an apostrophe; nested values are JSON. */
export function csvLine(columns: readonly string[], row: Readonly<Record<string, unknown>>): string {
  return `${columns.map((column) => field(row[column])).join(',')}\r\n`;
}

const longest = 80;

/** A foreign value as it may stand in a message: short, on one line. */
export function quoted(value: unknown): string {
  const text = (JSON.stringify(value) ?? String(value)).replace(/[^\x20-\x7e]/g, '?');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const range = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/;

/**
 * Reads a list of statuses and ranges of statuses, as `200-399, 404`.
 * The result tells whether a status is among them; undefined when the text is no such list.
 */
export function statusSet(text: string): ((status: number) => boolean) | undefined {
  const ranges: [from: number, to: number][] = [];
  for (const item of text.split(',')) {
    const [, from, to = from] = range.exec(item.trim()) ?? [];
    if (from === undefined || Number(to) < Number(from)) return undefined;
    ranges.push([Number(from), Number(to)]);
  }
  return (status) => ranges.some(([from, to]) => status >= from && status <= to);
}

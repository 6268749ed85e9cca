interface Range {
  readonly type: string;
  readonly weight: number;
}

function parse(accept: string): Range[] {
  return accept.split(',').map((item) => {
    const [type = '', ...parameters] = item.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
  });
}

/** Whether a client prefers CSV over NDJSON by its Accept header (RFC 9110 12.5.1). */
export function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const ranges = parse(accept);
  const weigh = (names: readonly string[]): number => Math.max(0, ...ranges.filter((range) => names.includes(range.type)).map((range) => range.weight));
  const csv = weigh(['text/csv', 'text/*']);
  return csv > 0 && csv > weigh(['application/x-ndjson', 'application/ndjson', 'application/*', '*/*']);
}

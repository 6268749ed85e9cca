interface Range {
  readonly type: string;
  readonly weight: number;
}

const csvRanges = ['text/csv', 'text/*', '*/*'];
const ndjsonRanges = ['application/x-ndjson', 'application/ndjson', 'application/*', '*/*'];

function parse(accept: string): Range[] {
  return accept.split(',').map((item) => {
    const [type = '', ...parameters] = item.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
  });
}

/** The weight of the most specific range that covers a type; `names` go from the type itself to the widest range. */
function weigh(ranges: readonly Range[], names: readonly string[]): number {
  for (const name of names) {
    const range = ranges.find((candidate) => candidate.type === name);
    if (range) return range.weight;
  }
  return 0;
}

/** Whether a client prefers CSV over NDJSON by its Accept header (RFC 9110 12.5.1); of two it likes alike it gets NDJSON. */
export function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const ranges = parse(accept);
  return weigh(ranges, csvRanges) > weigh(ranges, ndjsonRanges);
}

/** One answer as it stood on the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Fields in their order, names in lower case. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Values of a field, in order. */
export function valuesOf({ fields }: WireAnswer, name: string): string[] {
  return fields.filter(([field]) => field === name.toLowerCase()).map(([, value]) => value);
}

interface Head {
  readonly status: number;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly end: number;
}

/**
 * Takes the next answer from the beginning of what has come.
 * @param closed whether nothing more will come: a body without a length ends there
 * @returns the answer and how much of the text it was; undefined when it is not complete
 */
export function nextAnswer(text: string, closed: boolean): { answer: WireAnswer; length: number } | undefined {
  const head = headOf(text);
  if (!head) return undefined;
  const { status, fields, end } = head;
  const value = (name: string): string | undefined => fields.find(([field]) => field === name)?.[1];
  const done = (body: string, length: number) => ({ answer: { status, fields, body }, length });
  if (status === 204 || status === 304 || (status >= 100 && status < 200)) return done('', end);
  if (value('transfer-encoding')?.toLowerCase() === 'chunked') {
    const body = chunksOf(text, end);
    return body && done(body.text, body.end);
  }
  const length = Number(value('content-length') ?? Number.NaN);
  if (Number.isNaN(length)) return closed ? done(text.slice(end), text.length) : undefined;
  return text.length >= end + length ? done(text.slice(end, end + length), end + length) : undefined;
}

function headOf(text: string): Head | undefined {
  const mark = text.indexOf('\r\n\r\n');
  if (mark < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, mark).split('\r\n');
  const fields = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const);
  return { status: Number(first.split(' ')[1]), fields, end: mark + 4 };
}

function chunksOf(text: string, start: number): { text: string; end: number } | undefined {
  let body = '';
  let at = start;
  for (;;) {
    const line = text.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(text.slice(at, line), 16);
    const begin = line + 2;
    if (text.length < begin + size + 2) return undefined;
    if (size === 0) return { text: body, end: begin + 2 };
    body += text.slice(begin, begin + size);
    at = begin + size + 2;
  }
}

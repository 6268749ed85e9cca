const longestMessage = 1_000;
const longestStack = 4_000;
const mostCauses = 8;

/** What the log says about something that was thrown. Named fields only: properties that an error carries may hold secrets. */
export interface ErrorRecord {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  /** What led to it, nearest first; the members of an `AggregateError` among them. */
  readonly causes?: readonly ErrorRecord[];
}

/** The error and its chain of causes, at most eight of them. */
export function errorRecord(error: unknown): ErrorRecord {
  const causes: ErrorRecord[] = [];
  const seen = new Set([error]);
  // The loop also visits what it adds to the set.
  for (const link of seen) {
    if (link !== error) causes.push(singleRecord(link));
    for (const next of linksOf(link)) if (seen.size <= mostCauses) seen.add(next);
  }
  const record = singleRecord(error);
  return causes.length > 0 ? { ...record, causes } : record;
}

function linksOf(error: unknown): unknown[] {
  if (!(error instanceof Error)) return [];
  const members = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return error.cause === undefined ? members : [error.cause, ...members];
}

function singleRecord(error: unknown): ErrorRecord {
  if (!(error instanceof Error)) return { type: typeof error, message: typeof error === 'object' ? '' : String(error).slice(0, longestMessage) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message.slice(0, longestMessage),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack.slice(0, longestStack) }),
  };
}

import { errorTable, type ErrorCode } from './error-table.js';

/** One fault of an invalid input: where, and what is wrong. */
export interface Fault {
  /** Path into the input, as in `body.lines[2].quantity`. */
  readonly path: string;
  readonly message: string;
}

export interface PorticoErrorOptions {
  /** In place of the table's, where a configuration demands another one. */
  readonly status?: number | undefined;
  /** One sentence for the client; nothing internal. */
  readonly detail?: string | undefined;
  readonly faults?: readonly Fault[] | undefined;
  /** Header fields that the answer must carry, in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What led to it: for the log, never for the client. */
  readonly cause?: unknown;
}

const marker = Symbol.for('portico.error');

/** An error of the table. Whatever else is thrown reaches the client as `INTERNAL`, without its message. */
export class PorticoError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly faults: readonly Fault[] | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly [marker] = true;

  constructor(code: ErrorCode, options: PorticoErrorOptions = {}) {
    const row = errorTable[code];
    super(options.detail ?? row.title, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PorticoError';
    this.code = code;
    this.status = options.status ?? row.status;
    this.detail = options.detail;
    this.faults = options.faults;
    this.headers = options.headers;
  }
}

/** Whether `value` is an error of the table; true across duplicate copies of this package. */
export function isPorticoError(value: unknown): value is PorticoError {
  return typeof value === 'object' && value !== null && marker in value;
}

import type { ErrorCode } from '@portico/core';
import type { AdmittedCall } from './admitted-call.js';
import type { AttemptedCall } from './attempt-ledger.js';

/** One request to a service, as the stack carries it from attempt to attempt. */
export interface Exchange extends AttemptedCall, AdmittedCall {
  /** Path and query. */
  readonly path: string;
  readonly body: string | Buffer | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly refusals: Readonly<Record<number, ErrorCode>>;
  /** Whether any status is an answer, as for a client that looks at it itself. */
  readonly anyStatus: boolean;
  /** Whether it is made in the gateway's own name, whoever asks: its answer is for everyone. */
  readonly forEveryone: boolean;
}

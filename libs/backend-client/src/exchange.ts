import type { ErrorCode, RequestContext } from '@portico/core';
import type { InstanceState } from '@portico/discovery';

/** One request to a service, as the stack carries it from attempt to attempt. */
export interface Exchange {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: string | Buffer | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly refusals: Readonly<Record<number, ErrorCode>>;
  /** Whether any status is an answer, as for a client that looks at it itself. */
  readonly anyStatus: boolean;
  readonly context: RequestContext | undefined;
  /** Where the latest attempt went. */
  instance: InstanceState | undefined;
}

import type { RequestContext, RequestOutcome } from '@portico/core';
import type { Logger } from 'pino';
import { requestPath } from '../request-path.js';
import { errorRecord } from './error-record.js';

/**
 * Writes one line per request: `info`, or `warn` when the gateway failed (5xx) or the client left. Only the fields named here
 * are ever written: no header, no body, no query; of the caller its kind and client, for a user's id is personal data.
 */
export class AccessLog {
  readonly #log: Logger;
  readonly #info: boolean;

  constructor(log: Logger) {
    this.#log = log;
    this.#info = log.isLevelEnabled('info');
  }

  requestFinished(context: RequestContext, outcome: RequestOutcome): void {
    const { caller, degraded, endpoint } = context;
    const failed = outcome.status >= 500;
    const warn = failed || outcome.aborted;
    if (!warn && !this.#info) return;
    const line = {
      id: context.id,
      method: context.method,
      route: endpoint.path || undefined,
      path: requestPath(context.url),
      status: outcome.status,
      durationMs: Math.round(outcome.durationMs * 10) / 10,
      bytes: outcome.bodyBytes,
      caller: caller.kind,
      clientId: caller.clientId || undefined,
      traceId: context.trace.traceId,
      code: outcome.code,
      aborted: outcome.aborted || undefined,
      degraded: degraded?.map(({ part, reason }) => ({ part, reason })),
      error: failed && outcome.error != null ? errorRecord(outcome.error) : undefined,
    };
    if (warn) this.#log.warn(line, 'request');
    else this.#log.info(line, 'request');
  }
}

import type { RequestContext, RequestOutcome } from '@portico/core';
import type { Logger } from 'pino';
import { requestPath } from '../request-path.js';
import { errorRecord } from './error-record.js';
import { lineWriter, quoted, type LineWriter } from './line-writer.js';

/**
 * Writes one line per request: `info`, or `warn` when the gateway failed (5xx) or the client left. Only the fields named here
 * are ever written: no header, no body, no query; of the caller its kind and client, for a user's id is personal data.
 */
export class AccessLog {
  readonly #info: LineWriter | undefined;
  readonly #warn: LineWriter | undefined;

  constructor(log: Logger) {
    this.#info = lineWriter(log, 'info', 'request');
    this.#warn = lineWriter(log, 'warn', 'request');
  }

  requestFinished(context: RequestContext, outcome: RequestOutcome): void {
    const write = outcome.status >= 500 || outcome.aborted ? this.#warn : this.#info;
    write?.(fieldsOf(context, outcome));
  }
}

function fieldsOf({ id, method, url, endpoint, caller, trace, degraded }: RequestContext, { status, durationMs, bodyBytes, code, aborted, error }: RequestOutcome): string {
  const route = endpoint.path === '' ? '' : `,"route":${quoted(endpoint.path)}`;
  const client = caller.clientId ? `,"clientId":${quoted(caller.clientId)}` : '';
  let fields =
    `"id":${quoted(id)},"method":${quoted(method)}${route},"path":${quoted(requestPath(url))},"status":${status}` +
    `,"durationMs":${tenths(durationMs)},"bytes":${bodyBytes || 0},"caller":"${caller.kind}"${client},"traceId":"${trace.traceId}"`;
  if (code !== undefined) fields += `,"code":"${code}"`;
  if (aborted) fields += ',"aborted":true';
  if (degraded) fields += `,"degraded":${JSON.stringify(degraded.map(({ part, reason }) => ({ part, reason })))}`;
  if (status >= 500 && error != null) fields += `,"error":${JSON.stringify(errorRecord(error))}`;
  return fields;
}

/** A duration with one decimal, put together from whole numbers: V8 keeps the texts of those, and works out that of any other anew. */
function tenths(durationMs: number): string {
  const all = Math.round(durationMs * 10);
  const rest = all % 10;
  const whole = (all - rest) / 10;
  return rest === 0 ? `${whole}` : `${whole}.${rest}`;
}

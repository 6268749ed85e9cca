import type { Endpoint, PartOutcome, AttemptOutcome, RequestOutcome } from '@portico/core';
import { LogConfig, MetricsConfig, TracesConfig, type LogDestination } from '../src/index.js';

/** A log destination that keeps its lines, parsed. */
export function capturedLog(): { destination: LogDestination; lines: Record<string, unknown>[]; text: () => string } {
  const lines: Record<string, unknown>[] = [];
  let text = '';
  const write = (line: string) => {
    text += line;
    lines.push(JSON.parse(line) as Record<string, unknown>);
  };
  return { destination: { write }, lines, text: () => text };
}

export const productEndpoint: Endpoint = {
  kind: 'operation',
  name: 'ProductController.read',
  method: 'GET',
  path: '/api/products/:id',
  declared: () => undefined,
};

export function requestOutcome(outcome: Partial<RequestOutcome> = {}): RequestOutcome {
  return { status: 200, durationMs: 12.34, bodyBytes: 2_048, aborted: false, code: undefined, error: undefined, ...outcome };
}

export function partOutcome(outcome: Partial<PartOutcome> = {}): PartOutcome {
  return { aggregate: 'product', part: 'reviews', result: 'ok', startedAt: 10, durationMs: 5, error: undefined, ...outcome };
}

export function attemptOutcome(outcome: Partial<AttemptOutcome> = {}): AttemptOutcome {
  return { service: 'catalog', instance: 'http://10.0.0.7:4000', attempt: 1, status: 200, durationMs: 4, error: undefined, ...outcome };
}

/** Settings as they come, with some replaced. */
export function settings({ log, metrics, traces }: { log?: Partial<LogConfig>; metrics?: Partial<MetricsConfig>; traces?: Partial<TracesConfig> } = {}) {
  return {
    name: 'web-bff',
    log: Object.assign(new LogConfig(), log),
    metrics: Object.assign(new MetricsConfig(), metrics),
    traces: Object.assign(new TracesConfig(), traces),
  };
}

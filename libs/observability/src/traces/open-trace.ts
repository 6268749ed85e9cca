import { parseTraceparent, type TraceContext } from '@portico/core';
import { processIds, type RandomIds } from '../random-ids.js';
import type { TraceSampler } from './ratio-sampler.js';

const visible = /^[\t\x20-\x7e]*$/;

/**
 * The place of a request in its trace (W3C Trace Context). A valid `traceparent` is continued, its sampled flag respected and
 * `tracestate` passed on when it has at most 512 visible characters; otherwise a trace begins here and `sampler` decides.
 */
export function openTrace(traceparent: string | undefined, tracestate: string | undefined, sampler: TraceSampler, ids: RandomIds = processIds): TraceContext {
  const spanId = ids.spanId();
  const parent = parseTraceparent(traceparent);
  if (parent === undefined) {
    const traceId = ids.traceId();
    return { traceId, spanId, parentSpanId: '', sampled: sampler.shouldSample(traceId), state: '' };
  }
  const state = tracestate !== undefined && tracestate.length <= 512 && visible.test(tracestate) ? tracestate : '';
  return { traceId: parent.traceId, spanId, parentSpanId: parent.spanId, sampled: parent.sampled, state };
}

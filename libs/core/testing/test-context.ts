import { systemClock, type Clock } from '../src/clock.js';
import { Deadline } from '../src/deadline.js';
import { noEndpoint } from '../src/endpoint.js';
import { RequestContext, type RequestFacts } from '../src/request-context.js';
import { silentTelemetry } from '../src/telemetry.js';

/** A request context for unit tests: every fact has a plain default. */
export function testContext(facts: Partial<RequestFacts> & { clock?: Clock; deadlineMs?: number } = {}): RequestContext {
  const { clock = systemClock, deadlineMs = 2_000, ...rest } = facts;
  return new RequestContext({
    id: 'test-0001',
    method: 'GET',
    url: '/',
    headers: {},
    address: '192.0.2.1',
    trace: { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', parentSpanId: '', sampled: false, state: '' },
    deadline: new Deadline(clock, clock.now(), deadlineMs),
    endpoint: noEndpoint,
    telemetry: silentTelemetry,
    ...rest,
  });
}

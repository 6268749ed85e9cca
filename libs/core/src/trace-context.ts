/** Place of a request in a distributed trace (W3C Trace Context). */
export interface TraceContext {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** This gateway's span: 16 lower-case hex digits. */
  readonly spanId: string;
  /** The caller's span; empty when the trace begins here. */
  readonly parentSpanId: string;
  readonly sampled: boolean;
  /** `tracestate` as received; empty when there was none. */
  readonly state: string;
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/;

/**
 * The parent that a `traceparent` header names; undefined when it is absent or malformed.
 * A version that is not known yet is read as version 00, and may have more fields behind (W3C Trace Context, 3.2.4 and 4.3).
 */
export function parseTraceparent(header: string | undefined): { traceId: string; spanId: string; sampled: boolean } | undefined {
  if (header === undefined || header.length < 55) return undefined;
  const match = pattern.exec(header);
  if (!match) return undefined;
  const [, version, traceId, spanId, flags] = match as unknown as [string, string, string, string, string];
  if (version === 'ff' || (version === '00' && header.length > 55)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (parseInt(flags, 16) & 1) === 1 };
}

/** The `traceparent` header that a service call carries. */
export function formatTraceparent(trace: Pick<TraceContext, 'traceId' | 'spanId' | 'sampled'>): string {
  return `00-${trace.traceId}-${trace.spanId}-${trace.sampled ? '01' : '00'}`;
}

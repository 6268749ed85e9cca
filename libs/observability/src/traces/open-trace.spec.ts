import { TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { RandomIds } from '../random-ids.js';
import { openTrace } from './open-trace.js';
import { RatioSampler } from './ratio-sampler.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentSpanId = 'b7ad6b7169203331';
const always = new RatioSampler(1);
const never = new RatioSampler(0);

describe('openTrace', () => {
  it('continues a valid parent with a span of its own', () => {
    const trace = openTrace(`00-${traceId}-${parentSpanId}-01`, 'vendor=1', never);
    expect(trace).toMatchObject({ traceId, parentSpanId, sampled: true, state: 'vendor=1' });
    expect(trace.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect(trace.spanId).not.toBe(parentSpanId);
  });

  it('respects a parent that is not sampled', () => {
    expect(openTrace(`00-${traceId}-${parentSpanId}-00`, undefined, always).sampled).toBe(false);
  });

  it.each([undefined, 'nonsense', `00-${'0'.repeat(32)}-${parentSpanId}-01`, `00-${traceId}-${parentSpanId}-01, 00-${traceId}-${parentSpanId}-01`])(
    'begins a trace where the parent is %s, and drops its state',
    (header) => {
      const trace = openTrace(header, 'vendor=1', always);
      expect(trace).toMatchObject({ parentSpanId: '', sampled: true, state: '' });
      expect(trace.traceId).not.toBe(traceId);
      expect(openTrace(header, undefined, never).sampled).toBe(false);
    },
  );

  it('passes on a state of at most 512 visible characters', () => {
    const parent = `00-${traceId}-${parentSpanId}-01`;
    expect(openTrace(parent, 'x'.repeat(512), never).state).toHaveLength(512);
    expect(openTrace(parent, 'x'.repeat(513), never).state).toBe('');
    expect(openTrace(parent, 'a=\u00ff', never).state).toBe('');
  });
});

describe('RatioSampler', () => {
  it.each([0, 0.01, 0.25, 0.5, 0.99, 1])('decides like the sampler of OpenTelemetry at ratio %d', (ratio) => {
    const ours = new RatioSampler(ratio);
    const theirs = new TraceIdRatioBasedSampler(ratio);
    const ids = new RandomIds();
    let sampled = 0;
    for (let round = 0; round < 2_000; round++) {
      const id = ids.traceId();
      const decision = ours.shouldSample(id);
      if (decision) sampled++;
      expect(decision).toBe(theirs.shouldSample(ROOT_CONTEXT, id).decision === 2);
    }
    expect(Math.abs(sampled / 2_000 - ratio)).toBeLessThan(0.08);
  });
});

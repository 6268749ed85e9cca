import { describe, expect, it } from 'vitest';
import { acceptCorrelationId, RandomIds } from './index.js';

describe('RandomIds', () => {
  it('makes ids of the length that each kind has, all different across many pools', () => {
    const ids = new RandomIds();
    const seen = new Set<string>();
    for (let round = 0; round < 500; round++) {
      const [correlation, trace, span] = [ids.correlationId(), ids.traceId(), ids.spanId()];
      expect(correlation).toMatch(/^[0-9a-f]{32}$/);
      expect(trace).toMatch(/^[0-9a-f]{32}$/);
      expect(span).toMatch(/^[0-9a-f]{16}$/);
      seen.add(correlation).add(trace).add(span);
    }
    expect(seen.size).toBe(1_500);
  });

  it('never makes a trace or span id of zeros only', () => {
    let fills = 0;
    const ids = new RandomIds((buffer) => buffer.fill(fills++ === 0 ? 0 : 0xab));
    expect(ids.spanId()).toBe('ab'.repeat(8));
    fills = 0;
    const others = new RandomIds((buffer) => buffer.fill(fills++ === 0 ? 0 : 0xcd));
    expect(others.traceId()).toBe('cd'.repeat(16));
  });
});

describe('acceptCorrelationId', () => {
  it.each(['abcdefgh', '0af76519-16cd.43dd:8448_x', 'A'.repeat(128)])('keeps the well-formed %s', (id) => {
    expect(acceptCorrelationId(id)).toBe(id);
  });

  it.each([undefined, '', 'short', 'A'.repeat(129), '-startsWrong', 'has space in', 'line\nfeed-here', 'quote"injection', 'ünïcödé-id'])('replaces %j', (id) => {
    expect(acceptCorrelationId(id)).toMatch(/^[0-9a-f]{32}$/);
  });
});

import { describe, expect, it } from 'vitest';
import { formatTraceparent, parseTraceparent } from './trace-context.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

describe('parseTraceparent', () => {
  it('reads the parent and whether it is sampled', () => {
    expect(parseTraceparent(`00-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId, sampled: true });
    expect(parseTraceparent(`00-${traceId}-${spanId}-00`)).toEqual({ traceId, spanId, sampled: false });
  });

  it('looks at the sampled bit alone among the flags', () => {
    expect(parseTraceparent(`00-${traceId}-${spanId}-fe`)?.sampled).toBe(false);
    expect(parseTraceparent(`00-${traceId}-${spanId}-03`)?.sampled).toBe(true);
  });

  it('reads a version that it does not know as version 00, with or without more fields', () => {
    expect(parseTraceparent(`cc-${traceId}-${spanId}-01`)).toEqual({ traceId, spanId, sampled: true });
    expect(parseTraceparent(`cc-${traceId}-${spanId}-01-what-the-future-brings`)).toEqual({ traceId, spanId, sampled: true });
    expect(parseTraceparent(`01-${traceId}-${spanId}-00-`)).toEqual({ traceId, spanId, sampled: false });
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['of version 00 with more fields', `00-${traceId}-${spanId}-01-more`],
    ['of version 00 with a trailing dash', `00-${traceId}-${spanId}-01-`],
    ['of the forbidden version', `ff-${traceId}-${spanId}-01`],
    ['of a later version without a dash before more', `cc-${traceId}-${spanId}-01more`],
    ['in upper case', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['without a trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['without a span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['too short', `00-${traceId}-${spanId}-0`],
    ['with a wrong separator', `00_${traceId}_${spanId}_01`],
    ['with a letter that is no hex digit', `00-${traceId.replace('0', 'g')}-${spanId}-01`],
  ])('takes a header that is %s for none', (_, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  it('reads what formatTraceparent writes', () => {
    for (const sampled of [true, false]) expect(parseTraceparent(formatTraceparent({ traceId, spanId, sampled }))).toEqual({ traceId, spanId, sampled });
  });
});

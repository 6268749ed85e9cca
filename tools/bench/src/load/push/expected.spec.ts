import { describe, expect, it } from 'vitest';
import { expectedDeliveries } from './expected.mjs';

describe('the deliveries that are expected', () => {
  it('are complete when each client has got its own', () => {
    const { take, total, missing } = expectedDeliveries([[1, 2], [1]]);
    take(0, 1);
    take(1, 1);
    expect([total, missing()]).toEqual([3, 1]);
    take(0, 2);
    expect(missing()).toBe(0);
  });

  it('do not include one twice, one out of order, or one for others', () => {
    const { take } = expectedDeliveries([[1, 2], [1]]);
    expect(() => take(0, 2)).toThrow('client 0 got message 2 where message 1 was due');
    take(1, 1);
    expect(() => take(1, 1)).toThrow('client 1 got message 1 where nothing more was due');
  });
});

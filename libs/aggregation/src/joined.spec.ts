import { describe, expect, it } from 'vitest';
import { Joined } from './joined.js';

describe('Joined', () => {
  const prices = new Joined(new Map([['a', { cents: 1 }]]), true);

  it('has null for what was not found', () => {
    expect(prices.get('a')).toEqual({ cents: 1 });
    expect(prices.get('b')).toBeNull();
    expect(prices.size).toBe(1);
  });

  it('follows the order it is asked in, repeated ids included', () => {
    expect(prices.inOrder(['b', 'a', 'a'])).toEqual([null, { cents: 1 }, { cents: 1 }]);
  });

  it('does not compile when null is forgotten', () => {
    // @ts-expect-error it may be null
    const read = (): number => prices.get('b').cents;
    expect(read).toThrow(TypeError);
  });
});

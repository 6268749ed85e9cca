import { describe, expect, it } from 'vitest';
import { HttpAttempt } from './http-attempt.js';

describe('a whole answer of a service', () => {
  it('is there at the end of the tick in which it came', async () => {
    const attempt = new HttpAttempt('shop', 1_000, { method: 'GET', anyStatus: false });
    const order: string[] = [];
    void attempt.answer.then(() => order.push('answer'));
    attempt.onHeaders(200, []);
    attempt.onData(Buffer.from('{}'));
    attempt.onComplete();
    process.nextTick(() => order.push('what follows from what was read'));
    expect(String((await attempt.answer).body)).toBe('{}');
    expect(order).toEqual(['what follows from what was read', 'answer']);
  });
});

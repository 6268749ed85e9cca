import { describe, expect, it } from 'vitest';
import { ForwardAttempt } from './forward-attempt.js';

/** An exchange whose answer has just begun. */
function begun(): { attempt: ForwardAttempt; settled: () => boolean } {
  const attempt = new ForwardAttempt('shop');
  let settled = false;
  const note = (): void => void (settled = true);
  attempt.answer.then(note, note);
  attempt.onConnect(() => {});
  attempt.onHeaders(200, [], () => {});
  return { attempt, settled: () => settled };
}

describe('an answer that is passed on', () => {
  it('is there at the end of the tick in which it began, with what has come of it by then', async () => {
    const { attempt, settled } = begun();
    await Promise.resolve();
    expect(settled()).toBe(false);
    attempt.onData(Buffer.from('all of it'));
    attempt.onComplete();
    expect(String((await attempt.answer).body())).toBe('all of it');
  });

  it('is none where it breaks off in the very tick in which it began', async () => {
    const { attempt } = begun();
    attempt.onError(new Error('reset'));
    await expect(attempt.answer).rejects.toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
  });
});

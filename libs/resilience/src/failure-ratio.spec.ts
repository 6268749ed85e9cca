import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { FailureRatio } from './failure-ratio.js';

function tell(rule: FailureRatio, outcomes: string): boolean[] {
  return [...outcomes].map((outcome) => (outcome === '-' ? rule.failed() : (rule.succeeded(), false)));
}

describe('FailureRatio', () => {
  it('decides nothing below the minimum of calls', () => {
    expect(tell(new FailureRatio(0.5, 4, 1_000, new ManualClock()), '----')).toEqual([false, false, false, true]);
  });

  it('opens at its ratio and not below', () => {
    const clock = new ManualClock();
    expect(tell(new FailureRatio(0.5, 4, 1_000, clock), '++-+-').at(-1)).toBe(false);
    expect(tell(new FailureRatio(0.5, 4, 1_000, clock), '++--').at(-1)).toBe(true);
  });

  it('forgets what is older than its window, a tenth at a time', async () => {
    const clock = new ManualClock();
    const rule = new FailureRatio(0.5, 4, 1_000, clock);
    tell(rule, '---');
    await clock.advance(500);
    tell(rule, '++++');
    await clock.advance(499);
    expect(tell(rule, '-')).toEqual([true]);
    await clock.advance(1);
    expect(tell(rule, '-')).toEqual([false]);
  });

  it('begins anew after a reset and after a long silence', async () => {
    const clock = new ManualClock();
    const rule = new FailureRatio(0.5, 4, 1_000, clock);
    tell(rule, '---');
    rule.reset();
    expect(tell(rule, '---').at(-1)).toBe(false);
    await clock.advance(60_000);
    expect(tell(rule, '---').at(-1)).toBe(false);
  });
});

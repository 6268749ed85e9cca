import { describe, expect, it } from 'vitest';
import { faultsOf, routeContext, stepsOf, TestAnswer } from '../../test/fixtures.js';
import { SetStatus } from './set-status.policy.js';

async function changed(status: number, answer: TestAnswer) {
  await stepsOf(SetStatus, { status }, 'outbound')?.outbound?.(routeContext(), answer);
  return answer;
}

describe('set-status', () => {
  it('replaces the status and keeps the body', async () => {
    expect(await changed(202, new TestAnswer())).toMatchObject({ status: 202, body: 'done' });
  });

  it('leaves a body alone that is on its way', async () => {
    const answer = Object.assign(new TestAnswer(), { body: undefined });
    expect(await changed(202, answer)).toMatchObject({ status: 202, body: undefined });
  });

  it.each([204, 205, 304])('drops the body for %i, which has none', async (status) => {
    expect(await changed(status, new TestAnswer())).toMatchObject({ status, body: '' });
  });

  it.each([{}, { status: 199 }, { status: 600 }, { status: 200.5 }, { status: 101 }])('refuses %j', (options) => {
    expect(faultsOf(() => stepsOf(SetStatus, options, 'outbound')).length).toBeGreaterThan(0);
  });
});

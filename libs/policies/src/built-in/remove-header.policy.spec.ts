import { HeaderList } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { faultsOf, forward, routeContext, stepsOf, TestAnswer } from '../../test/fixtures.js';
import { RemoveHeader } from './remove-header.policy.js';

describe('remove-header', () => {
  const fields = [['x-a', '1'], ['x-b', '2'], ['x-a', '3']] as const;

  it('takes every value of a field out of the request', async () => {
    const request = forward({ headers: new HeaderList(fields) });
    await stepsOf(RemoveHeader, { name: 'X-A' }, 'inbound')?.inbound?.(routeContext(request));
    expect([...request.headers]).toEqual([['x-b', '2']]);
  });

  it('takes every value of a field out of the answer', async () => {
    const answer = new TestAnswer(fields);
    await stepsOf(RemoveHeader, { name: 'X-A' }, 'outbound')?.outbound?.(routeContext(), answer);
    expect([...answer.headers]).toEqual([['x-b', '2']]);
  });

  it('refuses a name that is none', () => {
    expect(faultsOf(() => stepsOf(RemoveHeader, { name: 'a:b' }, 'outbound'))).toEqual(['name: "a:b" is no name of a header field']);
  });
});

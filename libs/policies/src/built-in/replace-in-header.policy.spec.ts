import { HeaderList, type ForwardRequest } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { faultsOf, forward, routeContext, stepsOf, TestAnswer } from '../../test/fixtures.js';
import { ReplaceInHeader } from './replace-in-header.policy.js';

async function replaced(values: readonly string[], find: string, by: string) {
  const request = forward({ headers: new HeaderList(values.map((value) => ['x-a', value])) });
  await stepsOf(ReplaceInHeader, { name: 'X-A', find, with: by }, 'inbound')?.inbound?.(routeContext(request));
  return request.headers.all('x-a');
}

describe('replace-in-header', () => {
  it.each([
    [['Ann Bob Ann', 'x', 'Ann'], 'Ann', 'Bob', ['Bob Bob Bob', 'x', 'Bob']],
    [['a.b*c'], '.b*', '$&$1', ['a$&$1c']],
    [['aaa'], 'aa', 'a', ['aa']],
    [['item 7'], '{id}', '{rest}', ['item a/b']],
    [['x'], 'y', 'z', ['x']],
    [[], 'y', 'z', []],
    [['xy'], '{caller.id}', 'z', ['xy']],
  ])('in %j replaces %j by %j', async (values, find, by, expected) => {
    expect(await replaced(values, find, by)).toEqual(expected);
  });

  it('writes the gateway in place of the service in an answer', async () => {
    const request: ForwardRequest & { serviceBaseUrl: string } = { ...forward(), serviceBaseUrl: 'http://10.0.0.7:4001' };
    const answer = new TestAnswer([['location', 'http://10.0.0.7:4001/pay/Receive']]);
    await stepsOf(ReplaceInHeader, { name: 'Location', find: '{ServiceBaseUrl}', with: '{BaseUrl}' }, 'outbound')?.outbound?.(routeContext(request), answer);
    expect(answer.headers.get('location')).toBe('http://shop.example/pay/Receive');
  });

  it('refuses to look for nothing', () => {
    expect(faultsOf(() => stepsOf(ReplaceInHeader, { name: 'x', find: '', with: 'a' }, 'inbound'))).toEqual(['find: should not be empty']);
  });
});

import { describe, expect, it } from 'vitest';
import { faultsOf, forward, operation, routeContext, serviceAnswer, stepsOf } from '../../test/fixtures.js';
import { SetQuery } from './set-query.policy.js';

async function query(before: string, options: object, values: Record<string, string> = { id: '7', rest: '' }) {
  const request = forward({ query: before, values });
  await stepsOf(SetQuery, options, 'inbound')?.inbound?.(routeContext(request));
  return request.query;
}

describe('set-query', () => {
  it.each([
    ['', { name: 'a', value: 'b' }, 'a=b'],
    ['a=1&x=%2F&a=2', { name: 'a', value: '{id}' }, 'a=7&x=%2F'],
    ['x', { name: 'a b', value: 'c&d=e#f +' }, 'x&a%20b=c%26d%3De%23f%20%2B'],
  ])('makes of %j with %j %j', async (before, options, after) => {
    expect(await query(before, options)).toBe(after);
  });

  it('encodes what a client sent: it stays one value', async () => {
    expect(await query('', { name: 'a', value: '{id}' }, { id: '1&admin=true\r\n' })).toBe('a=1%26admin%3Dtrue%0D%0A');
  });

  it('works around the call as well', async () => {
    const request = forward();
    await stepsOf(SetQuery, { name: 'a', value: 'b' }, 'backend')?.backend?.(routeContext(request), request, () => Promise.resolve(serviceAnswer()));
    expect(request.query).toBe('a=b');
  });

  it('has nothing to do for an operation, and none in the outbound section', () => {
    expect(stepsOf(SetQuery, { name: 'a', value: 'b' }, 'inbound', operation())).toBeUndefined();
    expect(stepsOf(SetQuery, { name: 'a', value: 'b' }, 'outbound')).toEqual({});
  });

  it('refuses placeholders that are unknown', () => {
    expect(faultsOf(() => stepsOf(SetQuery, { name: 'a', value: '{nope}' }, 'inbound'))).toHaveLength(1);
  });
});

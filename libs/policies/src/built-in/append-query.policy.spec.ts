import { expect, it } from 'vitest';
import { forward, routeContext, stepsOf } from '../../test/fixtures.js';
import { AppendQuery } from './append-query.policy.js';

it.each([
  ['', 'a=7'],
  ['a=1&b', 'a=1&b&a=7'],
])('append-query adds its parameter behind %j', async (before, after) => {
  const request = forward({ query: before });
  await stepsOf(AppendQuery, { name: 'a', value: '{id}' }, 'inbound')?.inbound?.(routeContext(request));
  expect(request.query).toBe(after);
});

import { expect, it } from 'vitest';
import { forward, routeContext, stepsOf } from '../../test/fixtures.js';
import { RemoveQuery } from './remove-query.policy.js';

it.each([
  ['', ''],
  ['a=1&b=%zz&%61=2', 'b=%zz'],
  ['b=1', 'b=1'],
])('remove-query takes its parameter out of %j', async (before, after) => {
  const request = forward({ query: before });
  await stepsOf(RemoveQuery, { name: 'a' }, 'inbound')?.inbound?.(routeContext(request));
  expect(request.query).toBe(after);
});

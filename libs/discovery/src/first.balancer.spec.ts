import { expect, it } from 'vitest';
import { instanceSet } from '../test/fixtures.js';
import { FirstBalancer } from './first.balancer.js';

it('FirstBalancer takes the first instance until that is left out, and the next one for a second attempt', () => {
  const { finish, reached, set, state } = instanceSet(3, {}, new FirstBalancer());
  expect(reached()).toBe('a');
  expect(set.pick(state(0))).toBe(state(1));
  finish(state(0), false, 5);
  expect(reached()).toBe('b');
});

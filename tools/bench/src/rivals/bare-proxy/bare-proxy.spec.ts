import { expect, it } from 'vitest';
import { passedOn } from './hop-by-hop.mjs';

it('passes fields on in their order, without those of the connection', () => {
  expect(passedOn(['Host', 'a', 'Accept', 'b', 'Connection', 'keep-alive', 'accept', 'c'])).toEqual(['Accept', 'b', 'accept', 'c']);
});

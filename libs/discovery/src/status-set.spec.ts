import { expect, it } from 'vitest';
import { statusSet } from './status-set.js';

it.each([
  ['200-399', [200, 399], [199, 400, 0]],
  ['200', [200], [201]],
  [' 200 , 204,300-302 ', [200, 204, 301], [203, 303]],
])('the list %j holds its statuses and no others', (text, held, others) => {
  const has = statusSet(text)!;
  expect([held.every(has), others.some(has)]).toEqual([true, false]);
});

it.each(['', 'ok', '200-', '-399', '399-200', '99', '600', '200;204', '200,,204', '2xx'])('%j is no list of statuses', (text) => {
  expect(statusSet(text)).toBeUndefined();
});

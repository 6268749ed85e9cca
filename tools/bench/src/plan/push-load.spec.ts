import { expect, it } from 'vitest';
import { pushLoad } from './push-load.mjs';

it('lets a window last as long as it should, with as many ticks for everybody as for groups', () => {
  expect(pushLoad({ seconds: 3, quick: false })).toEqual({ clients: 2_000, groupSize: 100, tickMs: 200, ticks: 16 });
  expect(pushLoad({ seconds: 0.1, quick: true })).toEqual({ clients: 200, groupSize: 10, tickMs: 200, ticks: 2 });
});

import { expect, it } from 'vitest';
import { runnersAbove } from './ancestors.mjs';

const underNx = `
    1     0 /sbin/init
   50     1 bash -c npx nx serve web-bff &
  100    50 npm exec nx serve web-bff
  101   100 sh -c nx serve web-bff
  102   101 node /repo/node_modules/.bin/nx serve web-bff
  103   102 /bin/sh -c npm run serve
  104   103 npm run serve
  105   104 sh -c node ../../tools/launcher/src/main.mjs serve web-bff
  106   105 node ../../tools/launcher/src/main.mjs serve web-bff
`;

it('watches everything up to the topmost npm or Nx, but not the script that started those', () => {
  expect(runnersAbove(underNx, 106)).toEqual([105, 104, 103, 102, 101, 100]);
});

it('watches nobody when it was started from a shell', () => {
  expect(runnersAbove('  1  0 init\n 50  1 -bash\n 51 50 node tools/launcher/src/main.mjs start', 51)).toEqual([]);
});

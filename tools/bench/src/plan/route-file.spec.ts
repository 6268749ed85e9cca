import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { routeFile } from './route-file.mjs';

it.each([10, 1_000])('writes %i routes, one of which is the one that is asked for', (count) => {
  const { routes } = JSON.parse(readFileSync(routeFile(count), 'utf8')) as { routes: Record<string, { match: { path: string } }> };
  const paths = Object.values(routes).map(({ match }) => match.path);
  expect(new Set(paths).size).toBe(count);
  expect(paths.filter((path) => path === '/p1/{id}')).toHaveLength(1);
});

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.mjs', import.meta.url));
const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });

it.each([[[]], [['provide']], [['provide', 'nothing']], [['paint', 'consul']], [['run', 'consul', 'eureka']], [['has', 'constructor']]])('the testbed says what it can do when it is told %j', (args) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(1);
  expect(stderr).toContain('Real servers for tests: consul, eureka, redis.');
});

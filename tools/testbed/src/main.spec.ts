import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('main.mjs', import.meta.url));
const run = (...args: string[]) => runWith({}, ...args);
const runWith = (env: NodeJS.ProcessEnv, ...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: { ...process.env, ...env } });

it.each([[[]], [['provide']], [['provide', 'nothing']], [['paint', 'consul']], [['run', 'consul', 'eureka']], [['has', 'constructor']], [['run', 'chromium']], [['where', 'redis']], [['where']]])('the testbed says what it can do when it is told %j', (args) => {
  const { status, stderr } = run(...args);
  expect(status).toBe(1);
  expect(stderr).toContain('Real servers for tests: consul, eureka, redis, otlp. Real programs: chromium, kubectl, nginx, prometheus.');
});

it('the testbed says where a program is, and takes the one that it is told of', () => {
  const { status, stdout } = runWith({ CHROMIUM_PATH: main }, 'where', 'chromium');
  expect([status, stdout]).toEqual([0, `${main}\n`]);
});

it('the testbed takes no other program for the one that it is told of and that is not there', () => {
  const told = { CHROMIUM_PATH: `${main}.not` };
  expect(runWith(told, 'where', 'chromium')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('chromium is missing: run `node tools/testbed/src/main.mjs provide chromium`.') });
  expect(runWith(told, 'provide', 'chromium')).toMatchObject({ status: 1, stderr: `chromium: CHROMIUM_PATH names no file: ${main}.not\n` });
});

import { existsSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { answers } from './answers.mjs';
import { ServerProcess } from './server-process.mjs';

// Answers with how often it was started, and lives on whatever it is asked to do.
const program = `
  const { appendFileSync, readFileSync } = require('node:fs');
  const [port, data] = process.argv.slice(1);
  appendFileSync(data + '/starts', 'x');
  process.on('SIGTERM', () => {});
  require('node:http').createServer((_, response) => response.end(readFileSync(data + '/starts'))).listen(Number(port), '127.0.0.1');
`;
let folder = '';

const running: ServerProcess[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.dispose())));

function server(code: string): ServerProcess {
  const made = new ServerProcess({
    ports: 1,
    command: ([port = 0], data) => [process.execPath, '-e', code, String(port), (folder = data)],
    origin: ([port]) => `http://127.0.0.1:${port}`,
    isReady: (origin) => answers(origin, () => true),
  });
  running.push(made);
  return made;
}

const text = async (origin: string): Promise<string> => (await fetch(origin)).text();

it('a server that was killed starts again at the same address, with its data', async () => {
  const made = server(program);
  const origin = await made.start();
  expect(await text(origin)).toBe('x');
  await made.kill();
  expect(await answers(origin, () => true)).toBe(false);
  expect(await made.start()).toBe(origin);
  expect(await text(origin)).toBe('xx');
});

it('a server that is disposed of leaves nothing behind', async () => {
  const made = server(program);
  const origin = await made.start();
  await made.dispose();
  expect([await answers(origin, () => true), existsSync(folder)]).toEqual([false, false]);
});

it('a server that does not come up says why', async () => {
  await expect(server('console.error("no room"); process.exit(3)').start()).rejects.toThrow(/did not come up:\nno room/);
});

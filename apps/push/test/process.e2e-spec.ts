import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectPush } from './connect-push.js';
import { accessKey, endpointOf } from './start-push.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const children: ChildProcess[] = [];
let folder: string;

// Built outside the workspace: whatever the bundle has forgotten cannot be found there.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-push-'));
  await build({ root, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true }));

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(folder, 'main.mjs')], { cwd: folder, env: { PATH: process.env.PATH ?? '', PORT: '0', ...env } });
  children.push(child);
  let err = '';
  child.stderr.on('data', (chunk) => (err += chunk));
  child.stdout.resume();
  return { child, exit: once(child, 'close').then(([code]) => ({ code: code as number | null, err })), err: () => err };
}

describe('the bundle', () => {
  it.each([
    [{}, 'accessKey'],
    [{ PORTICO_PUSH_ACCESS_KEY: 'too-short' }, 'accessKey: does not satisfy minLength (from PORTICO_PUSH_ACCESS_KEY)'],
    [{ PORTICO_PUSH_ACCESS_KEY: accessKey, PORTICO_PUSH_MAX_HUB: '3' }, 'did you mean PORTICO_PUSH_MAX_HUBS?'],
    [{ PORTICO_PUSH_ACCESS_KEY: accessKey, REDIS_URL: 'redis://127.0.0.1:1' }, 'Redis cannot be reached'],
  ])('does not start on %j, and says why', async (env, words) => {
    const { code, err } = await run(env as Record<string, string>).exit;
    expect([code, err]).toEqual([1, expect.stringContaining(words)]);
    expect(err).not.toContain('too-short');
  });

  it('does not start on a file of rules that is wrong: placeholders stand behind the host', async () => {
    const file = join(folder, 'events.yaml');
    await writeFile(file, 'rules:\n  - urlTemplate: https://{event}.example/\n');
    const { code, err } = await run({ PORTICO_PUSH_ACCESS_KEY: accessKey, PORTICO_PUSH_EVENTS_FILE: file }).exit;
    expect([code, err]).toEqual([1, expect.stringContaining('events.yaml:2')]);
  });

  it('serves until SIGTERM, sends its clients away in a way that they come back from, and exits with 0', async () => {
    const push = run({ PORTICO_PUSH_ACCESS_KEY: accessKey });
    await expect.poll(push.err, { timeout: 10_000 }).toContain('push listens on');
    const port = /:(\d+)/.exec(push.err())?.[1];
    const client = await connectPush(endpointOf(`http://localhost:${port}`), 'shop');
    push.child.kill('SIGTERM');
    expect((await push.exit).code).toBe(0);
    await expect.poll(() => client.closed).toEqual({ error: undefined });
  });
});

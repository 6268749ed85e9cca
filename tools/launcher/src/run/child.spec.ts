import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { within } from '../../test/terminal.js';
import { Child } from './child.mjs';
import { LogFile } from './log-file.mjs';

let root: string;
let log: LogFile;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'portico-child-'));
  log = new LogFile(root, 'app');
});

afterEach(async () => {
  log.close();
  await rm(root, { recursive: true, force: true });
});

async function running(onTerm: string): Promise<Child> {
  const entry = join(root, 'app.mjs');
  await writeFile(entry, `process.on('SIGTERM', () => { ${onTerm} }); setInterval(() => {}, 1_000); console.log('ready');`);
  const child = new Child({ name: 'app', entry, cwd: root, env: process.env, output: log.descriptor });
  await within(5_000, 'the child is ready', () => log.lastLines().includes('ready'));
  return child;
}

describe('a child', () => {
  it('gets the time to stop by itself', async () => {
    const child = await running(`console.log('bye'); process.exit(0);`);
    expect(await child.stop()).toEqual({ code: 0, signal: null });
    expect(log.lastLines(1)).toBe('  bye');
    expect(child.running).toBe(false);
  });

  it('may end by itself when its work is done', async () => {
    const entry = join(root, 'done.mjs');
    await writeFile(entry, `console.log('done');`);
    const child = new Child({ name: 'app', entry, cwd: root, env: process.env, output: log.descriptor });
    expect(await child.exited).toEqual({ code: 0, signal: null });
  });

  it('loads its packages at once and runs its entry when it is told to', async () => {
    const [entry, warmUp] = [join(root, 'app.mjs'), join(root, 'packages.mjs')];
    await writeFile(warmUp, `console.log('packages');`);
    await writeFile(entry, `throw new Error('too early');`);
    const child = new Child({ name: 'app', entry, warmUp, cwd: root, env: process.env, output: log.descriptor });
    await within(5_000, 'the packages are loaded', () => log.lastLines().includes('packages'));
    await writeFile(entry, `console.log('entry of', process.env.PORTICO_LAUNCHER_WARM_UP);`);
    child.start();
    expect(await child.exited).toEqual({ code: 0, signal: null });
    expect(log.lastLines(1)).toBe('  entry of undefined');
  });

  it('is killed when it does not take the hint', async () => {
    const child = await running('');
    expect(await child.stop(50)).toEqual({ code: null, signal: 'SIGKILL' });
  });
});

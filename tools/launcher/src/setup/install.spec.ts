import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { install, installFault, needsInstall } from './install.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'portico-install-'));
  await writeFile(join(root, 'package-lock.json'), '{"first":1}');
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Stands for `npm ci`. */
const fakeNpm = (script: string): [string, ...string[]] => [process.execPath, '-e', script];
const makesFolder = fakeNpm(`require('node:fs').mkdirSync('node_modules', { recursive: true })`);

describe('first-run set-up', () => {
  it('installs when node_modules is missing, and not again', async () => {
    expect(await needsInstall(root)).toBe(true);
    await install(root, { command: makesFolder });
    expect(await needsInstall(root)).toBe(false);
  });

  it('installs again when the lock file has changed', async () => {
    await install(root, { command: makesFolder });
    await writeFile(join(root, 'package-lock.json'), '{"second":2}');
    expect(await needsInstall(root)).toBe(true);
  });

  it.each([
    ['adopts what npm itself installed after the lock file changed', 10, false],
    ['installs again over what npm installed before the lock file changed', -10, true],
  ])('%s', async (_, seconds, expected) => {
    await mkdir(join(root, 'node_modules'));
    await writeFile(join(root, 'node_modules/.package-lock.json'), '{}');
    const moment = new Date(Date.now() + seconds * 1_000);
    await utimes(join(root, 'node_modules/.package-lock.json'), moment, moment);
    expect(await needsInstall(root)).toBe(expected);
  });

  it('says so when the registry is out of reach, and leaves no stamp', async () => {
    const offline = fakeNpm(`console.error('npm error code ENOTFOUND'); process.exit(1)`);
    await expect(install(root, { command: offline })).rejects.toThrow('the npm registry is out of reach');
    expect(await needsInstall(root)).toBe(true);
  });

  it('shows what npm says about any other failure', () => {
    expect(installFault('npm error code EUSAGE')).toBe('The packages could not be installed. `npm ci` says:\n  npm error code EUSAGE');
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projects, root } from './workspace.js';

const timeoutMs = 60_000;
const apps = new Set(projects.filter(({ folder }) => folder.startsWith('apps/')).map(({ manifest }) => manifest.name));
let graphFolder: string;

beforeAll(() => {
  graphFolder = mkdtempSync(join(tmpdir(), 'portico-affected-'));
});

afterAll(() => rmSync(graphFolder, { recursive: true, force: true }));

/** Names of the apps that a change of `file` concerns. */
function affectedApps(file: string): string[] {
  const args = [join(root, 'node_modules/nx/dist/bin/nx.js'), 'show', 'projects', '--affected', `--files=${file}`, '--json'];
  const env = { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_DATA_DIRECTORY: graphFolder };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return (JSON.parse(stdout) as string[]).filter((name) => apps.has(name)).sort();
}

it("a change in one team's BFF concerns no other team", { timeout: timeoutMs }, () => {
  expect(affectedApps('apps/web-bff/src/main.ts')).toEqual(['web-bff']);
});

it('a change in the core concerns every app but the services', { timeout: timeoutMs }, () => {
  expect(affectedApps('libs/core/src/clock.ts')).toEqual([...apps].filter((name) => name !== 'services').sort());
});

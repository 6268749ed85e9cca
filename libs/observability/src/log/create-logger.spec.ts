import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
let folder = '';

// A bundle of its own process: only there standard output and the end of a process are real.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['source'] },
    ssr: { noExternal: true, resolve: { conditions: ['source', 'node', 'import', 'module', 'default'] } },
    build: {
      ssr: fileURLToPath(new URL('../../test/three-lines.ts', import.meta.url)),
      target: 'node20',
      outDir: folder,
      minify: true,
      rolldownOptions: { output: { format: 'esm', entryFileNames: 'main.mjs', keepNames: true } },
    },
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('createLogger on standard output', () => {
  it.each(['end', 'exit', 'throw', 'close'])('loses no line when the process ends by %s', async (ending) => {
    const { stdout } = await run(process.execPath, [join(folder, 'main.mjs'), ending]).catch((error: unknown) => error as { stdout: string });
    expect(stdout.trim().split('\n').map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['one', 'two', 'three']);
  });

  it('writes lines that wait, soon, while the process goes on', async () => {
    const child = execFile(process.execPath, [join(folder, 'main.mjs'), 'stay']);
    try {
      const first = await new Promise<string>((resolve) => child.stdout?.once('data', (chunk: string) => resolve(chunk)));
      expect(first.trim().split('\n')).toHaveLength(3);
      expect(child.exitCode).toBeNull();
    } finally {
      child.kill();
    }
  });
});

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packagesApart } from './packages-apart.plugin.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'portico-packages-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

const packageOf = async (folder: string, word: string) => {
  await write(`${folder}/package.json`, `{ "name": "${folder.split('/').at(-1)}", "version": "1.0.0", "type": "module", "exports": "./index.js" }`);
  await write(`${folder}/index.js`, `export const word = '${word}';`);
};

it('leaves the packages at the top out, names them for the warm-up, and bundles those nested in a project', async () => {
  await packageOf('node_modules/hoisted', 'from the top');
  await packageOf('node_modules/lazy', 'loaded later');
  await packageOf('apps/bff/node_modules/nested', 'from the project');
  await write('apps/bff/src/main.js', `import { word } from 'hoisted'; import { word as own } from 'nested'; console.log(word, own, await import('lazy'));`);
  const folder = join(root, 'apps/bff');
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [packagesApart(root)],
    ssr: { noExternal: true },
    build: { ssr: 'src/main.js', target: 'node20', outDir: 'out', minify: false, rolldownOptions: { output: { entryFileNames: 'main.mjs' } } },
  });
  const bundle = await readFile(join(folder, 'out/main.mjs'), 'utf8');
  expect(bundle).toMatch(/from\s*["']hoisted["']/);
  expect(bundle).toContain('from the project');
  expect(bundle).not.toMatch(/from the top|loaded later/);
  expect(await readFile(join(folder, 'out/packages.mjs'), 'utf8')).toBe('import "hoisted";\n');
});

import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { root } from './workspace.js';

const notOurs = new Set(['node_modules', 'dist', 'dist-dev', 'coverage', 'test-results', '.git', '.nx', '.portico']);
const textTypes = new Set(['', '.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '.md', '.yml', '.yaml', '.html', '.css', '.txt', '.xml', '.wsdl', '.graphql', '.sh']);
const codeTypes = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']);

/** Every text file below `folder`, from the root; without what is installed, built or logged. */
export function textFiles(folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (notOurs.has(entry.name)) return [];
    if (entry.isDirectory()) return textFiles(path);
    return entry.isFile() && textTypes.has(extname(entry.name)) ? [path] : [];
  });
}

/** Every file of code in `apps`, `libs`, `tools` and `deploy`. */
export function codeFiles(): string[] {
  return ['apps', 'libs', 'tools', 'deploy'].flatMap((folder) => textFiles(folder)).filter((path) => codeTypes.has(extname(path)));
}

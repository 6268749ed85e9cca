import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');

/** What of a package.json the rules look at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

/** One workspace project. */
export interface Project {
  /** From the root, as in `libs/core`. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly tags: readonly string[];
}

/** Text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Manifest of a folder; the empty string is the root. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(read(join(folder, 'package.json'))) as Manifest;
}

/** Every project: each has a package.json in a folder of `apps`, `libs` or `tools`; those of `deploy` without one hold what is no code. */
export const projects: readonly Project[] = ['apps', 'libs', 'tools', 'deploy'].flatMap((parent) =>
  readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (parent !== 'deploy' || existsSync(join(root, parent, entry.name, 'package.json'))))
    .map(({ name }) => {
      const folder = `${parent}/${name}`;
      const manifest = readManifest(folder);
      return { folder, manifest, tags: manifest.nx?.tags ?? [] };
    }),
);

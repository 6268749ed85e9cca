import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { importedPackages } from './imported-packages.js';
import { codeFiles } from './source-files.js';
import { projects, read, readManifest } from './workspace.js';

// What is installed apart has a manifest of its own, and is no project.
const apart = ['tools/bench/peers'].map((folder) => ({ folder, manifest: readManifest(folder) }));
const manifests = [{ folder: '', manifest: readManifest('') }, ...projects, ...apart];
const rootPackages = Object.keys({ ...readManifest('').dependencies, ...readManifest('').devDependencies });
const workspacePackages = new Set(projects.map(({ manifest }) => manifest.name));
const builtIn = new Set(builtinModules);
const code = codeFiles();

/** The code that a manifest is about: not what lies below it and has one of its own. */
function codeOf(folder: string): string[] {
  return code.filter((path) => folder !== '' && path.startsWith(`${folder}/`) && !apart.some((other) => other.folder !== folder && path.startsWith(`${other.folder}/`)));
}

describe.each(manifests)('package.json of "$folder"', ({ folder, manifest }) => {
  it('pins every version exactly', () => {
    // Another version of a package beside the first stands under a name of its own.
    const exact = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/;
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !exact.test(version));
    expect(loose).toEqual([]);
  });

  it('names every package that its code imports', () => {
    const named = new Set([...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.devDependencies ?? {}), manifest.name]);
    const missing = codeOf(folder)
      .flatMap((path) => importedPackages(read(path)).map((name) => ({ path, name })))
      // Development tools are installed once, for all; a lib of the workspace is always named, for `nx affected` reads it there.
      .filter(({ name }) => !named.has(name) && !builtIn.has(name) && (workspacePackages.has(name) || !rootPackages.includes(name)));
    expect(missing).toEqual([]);
  });

  it('names no lib of the workspace that its code does without', () => {
    const imported = new Set(codeOf(folder).flatMap((path) => importedPackages(read(path))));
    expect(Object.keys(manifest.dependencies ?? {}).filter((name) => workspacePackages.has(name) && !imported.has(name))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('names no registry: packages come from whichever one npm is set to', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('vouches for what it installs', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { integrity?: string; link?: boolean }> };
    const unvouched = Object.entries(packages).filter(([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.integrity);
    expect(unvouched.map(([path]) => path)).toEqual([]);
  });
});

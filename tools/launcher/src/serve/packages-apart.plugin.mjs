import { writeFile } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';

/** Beside the bundle: imports every package that the bundle imports, so that a process can load them before the bundle is there. */
export const packagesEntry = 'packages.mjs';

/**
 * Leaves packages out of a development bundle: bundling them anew at every change took nine tenths of the time. Only those at the top of
 * `node_modules` are left out, for the bundle finds the same ones there as its sources did; those nested in a workspace project come along.
 * @param {string} root of the workspace
 * @returns {import('vite').Plugin}
 */
export function packagesApart(root) {
  const hoisted = join(root, 'node_modules') + sep;
  return {
    name: 'packages-apart',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!importer || source.startsWith('.') || source.startsWith('\0') || source.startsWith('node:') || isAbsolute(source)) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found && !found.external && found.id.startsWith(hoisted) ? { id: source, external: true } : found;
    },
    // Not as an asset of the bundle: a build for the server drops those.
    async writeBundle({ dir = '' }, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const packages = new Set(chunks.flatMap(({ imports }) => imports).filter((id) => !(id in bundle)));
      await writeFile(join(dir, packagesEntry), [...packages].map((id) => `import ${JSON.stringify(id)};\n`).join(''));
    },
  };
}

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packagesApart } from './packages-apart.plugin.mjs';

/** Where development bundles go, from an app's folder: beside `dist`, so that they find the same packages and never mix with it. */
export const devFolder = 'dist-dev';

/** The development bundle of an app, from its folder. */
export const devEntry = `${devFolder}/main.mjs`;

/**
 * Bundles an app again and again, without the packages it uses: at once, and after every change of a source that is in it, those of libs included.
 * @param {string} root of the workspace
 * @param {string} folder absolute path of the app
 * @param {{ built: () => void, failed: (error: unknown) => void }} report
 * @returns {Promise<{ close(): Promise<void> }>}
 */
export async function watchBuild(root, folder, report) {
  const vite = await import('vite');
  const watcher = await vite.build({ ...settings(folder, { watch: {} }), plugins: [packagesApart(root)] });
  if (!('on' in watcher)) throw new TypeError('Vite gave no watcher');
  watcher.on('event', async (event) => {
    // Not END: that one follows a failed build too.
    if (event.code === 'BUNDLE_END') {
      report.built();
      await event.result.close();
    }
    if (event.code === 'ERROR') {
      await event.result?.close();
      report.failed(event.error);
    }
  });
  return watcher;
}

/**
 * Bundles an app once.
 * @param {string} folder absolute path of the app
 * @returns {Promise<boolean>} whether the bundle is another one than before
 */
export async function buildOnce(folder) {
  const before = await digest(folder);
  const vite = await import('vite');
  await vite.build(settings(folder, {}));
  return before !== (await digest(folder));
}

/**
 * @param {string} folder
 * @param {import('vite').BuildOptions} build
 * @returns {import('vite').InlineConfig}
 */
function settings(folder, build) {
  // The folder is not emptied: the process that still runs may load a chunk from it.
  return { root: folder, logLevel: 'silent', build: { outDir: devFolder, emptyOutDir: false, minify: false, sourcemap: true, reportCompressedSize: false, ...build } };
}

/** @param {string} folder */
async function digest(folder) {
  const bundle = await readFile(join(folder, devEntry)).catch(() => '');
  return createHash('sha256').update(bundle).digest('hex');
}

import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { consulBinary, provideConsul } from '../consul/provide-consul.mjs';
import { readCommand, runCommand } from '../run-command.mjs';
import { debianRoot } from './debian-root.mjs';

/** Version of the package that has Node.js' own program. */
const nodeVersion = '22.23.3';

const recipes = fileURLToPath(new URL('../../docker', import.meta.url));

/**
 * @typedef {object} BaseImage what the files of Portico build on, or run
 * @property {string} name as they name it
 * @property {(context: string) => Promise<void>} prepare puts what it is made of into a folder
 * @property {string} [recipe] its Dockerfile; without it the folder itself is the image
 */

/**
 * A recipe that needs nothing from outside but Debian's packages.
 * @param {string} name
 * @param {string} recipe
 * @returns {BaseImage}
 */
const packaged = (name, recipe) => ({ name, recipe: join(recipes, recipe, 'Dockerfile'), prepare: async () => {} });

/** In this order: the first is what the others are made of. @type {readonly BaseImage[]} */
export const baseImages = [
  { name: 'debian:bookworm-slim', prepare: debianRoot },
  {
    name: 'node:22-bookworm-slim',
    recipe: join(recipes, 'node', 'Dockerfile'),
    prepare: async (context) => {
      const work = await mkdtemp(join(tmpdir(), 'portico-node-'));
      await runCommand('npm', ['pack', '--silent', `node-linux-${process.arch}@${nodeVersion}`], { cwd: work });
      const [archive = ''] = await readdir(work);
      await runCommand('tar', ['-xzf', archive], { cwd: work });
      await copyFile(join(work, 'package/bin/node'), join(context, 'node'));
      await rm(work, { recursive: true });
    },
  },
  packaged('redis:7.0.15-bookworm', 'redis'),
  packaged('prom/prometheus:v2.42.0', 'prometheus'),
  {
    name: 'consul:1.8',
    recipe: join(recipes, 'consul', 'Dockerfile'),
    prepare: async (context) => {
      await provideConsul();
      await copyFile(consulBinary, join(context, 'consul'));
    },
  },
];

/**
 * Makes those that the engine does not have. The engine is that of the environment (`DOCKER_HOST`).
 * @param {(line: string) => void} say
 * @returns {Promise<void>}
 */
export async function makeBaseImages(say) {
  for (const image of baseImages) {
    if ((await readCommand('docker', ['images', '-q', image.name])).trim() !== '') {
      say(`${image.name}: there already`);
      continue;
    }
    const begun = Date.now();
    const context = await mkdtemp(join(tmpdir(), 'portico-image-'));
    await mkdir(context, { recursive: true });
    await image.prepare(context);
    if (image.recipe === undefined) await runCommand('sh', ['-c', 'tar -C "$0" -c . | docker import --change \'CMD ["bash"]\' - "$1"', context, image.name]);
    else await runCommand('docker', ['buildx', 'build', '--quiet', '--tag', image.name, '--file', image.recipe, context]);
    await rm(context, { recursive: true, force: true });
    say(`${image.name}: made in ${((Date.now() - begun) / 1_000).toFixed(1)} s`);
  }
}

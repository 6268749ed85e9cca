import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testbedFolder } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { derivedSources } from './derived-sources.mjs';

const suite = 'bullseye';
const folder = join(testbedFolder, 'consul');

/** The program, once it is there. */
export const consulBinary = join(folder, 'consul');

/**
 * Unpacks Consul from Debian's archive, by the machine's own apt and its own mirror. Nothing is installed, and the machine's settings stay as they are.
 * @returns {Promise<void>}
 */
export async function provideConsul() {
  const work = join(testbedFolder, 'consul-download');
  await rm(work, { recursive: true, force: true });
  const [sources, state, cache, root] = [join(work, 'sources'), join(work, 'state'), join(work, 'cache'), join(work, 'root')];
  for (const path of [sources, join(state, 'lists/partial'), join(cache, 'archives/partial'), root, folder]) await mkdir(path, { recursive: true });
  for (const { name, text } of await suiteSources()) await writeFile(join(sources, name), text);
  const apt = Object.entries({
    'Dir::State': state,
    'Dir::Cache': cache,
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': sources,
    'Acquire::Languages': 'none',
    // Its own user might not be allowed into this folder.
    'APT::Sandbox::User': process.getuid?.() === 0 ? 'root' : '',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await runCommand('apt-get', [...apt, 'update'], { cwd: work });
  await runCommand('apt-get', [...apt, 'download', 'consul'], { cwd: work });
  const archive = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (archive === undefined) throw new Error(`There is no package consul in ${suite}.`);
  await runCommand('dpkg-deb', ['-x', join(work, archive), root]);
  await chmod(join(root, 'usr/bin/consul'), 0o755);
  await rename(join(root, 'usr/bin/consul'), consulBinary);
  await rm(work, { recursive: true });
}

async function suiteSources() {
  const release = /^VERSION_CODENAME=(.*)$/m.exec(await readFile('/etc/os-release', 'utf8').catch(() => ''))?.[1]?.replaceAll('"', '') ?? '';
  const parts = await readdir('/etc/apt/sources.list.d').catch(() => []);
  const paths = ['/etc/apt/sources.list', ...parts.filter((name) => /\.(?:list|sources)$/.test(name)).map((name) => `/etc/apt/sources.list.d/${name}`)];
  const files = await Promise.all(paths.map(async (path) => ({ name: path.replace(/^.*\//, ''), text: await readFile(path, 'utf8').catch(() => '') })));
  const derived = derivedSources(files, release, suite);
  if (derived.length === 0) throw new Error("Consul is unpacked from Debian's archive, and this machine's apt has no source of it.");
  return derived;
}

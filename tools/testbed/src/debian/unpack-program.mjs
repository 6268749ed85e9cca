import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { testbedFolder } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { derivedSources } from './derived-sources.mjs';

/**
 * Unpacks a program from another release of Debian, by the machine's own apt and its own mirror. Nothing is installed, and the machine's settings stay as they are.
 * @param {object} program
 * @param {string} program.name of the package, and of the program
 * @param {string} [program.folder] where the package has the program; `usr/bin` by default
 * @param {string} program.suite the release, as `bullseye`
 * @param {string} program.path where it is to be
 * @returns {Promise<void>}
 */
export async function unpackProgram({ name, folder: within = 'usr/bin', suite, path }) {
  const work = join(testbedFolder, `${name}-download`);
  await rm(work, { recursive: true, force: true });
  const [sources, state, cache, root] = [join(work, 'sources'), join(work, 'state'), join(work, 'cache'), join(work, 'root')];
  for (const folder of [sources, join(state, 'lists/partial'), join(cache, 'archives/partial'), root, dirname(path)]) await mkdir(folder, { recursive: true });
  for (const { name: file, text } of await suiteSources(name, suite)) await writeFile(join(sources, file), text);
  const apt = Object.entries({
    'Dir::State': state,
    // Whatever is installed here by the same name, that release's package is meant.
    'Dir::State::Status': '/dev/null',
    'Dir::Cache': cache,
    'Dir::Etc::SourceList': '/dev/null',
    'Dir::Etc::SourceParts': sources,
    'Acquire::Languages': 'none',
    // Its own user might not be allowed into this folder.
    'APT::Sandbox::User': process.getuid?.() === 0 ? 'root' : '',
  }).flatMap(([option, value]) => ['-o', `${option}=${value}`]);
  await runCommand('apt-get', [...apt, 'update'], { cwd: work });
  await runCommand('apt-get', [...apt, 'download', name], { cwd: work });
  const archive = (await readdir(work)).find((file) => file.endsWith('.deb'));
  if (archive === undefined) throw new Error(`There is no package ${name} in ${suite}.`);
  await runCommand('dpkg-deb', ['-x', join(work, archive), root]);
  await chmod(join(root, within, name), 0o755);
  await rename(join(root, within, name), path);
  await rm(work, { recursive: true });
}

/**
 * @param {string} name
 * @param {string} suite
 */
async function suiteSources(name, suite) {
  const release = /^VERSION_CODENAME=(.*)$/m.exec(await readFile('/etc/os-release', 'utf8').catch(() => ''))?.[1]?.replaceAll('"', '') ?? '';
  const parts = await readdir('/etc/apt/sources.list.d').catch(() => []);
  const paths = ['/etc/apt/sources.list', ...parts.filter((file) => /\.(?:list|sources)$/.test(file)).map((file) => `/etc/apt/sources.list.d/${file}`)];
  const files = await Promise.all(paths.map(async (path) => ({ name: path.replace(/^.*\//, ''), text: await readFile(path, 'utf8').catch(() => '') })));
  const derived = derivedSources(files, release, suite);
  if (derived.length === 0) throw new Error(`${name} is unpacked from Debian's archive, and this machine's apt has no source of it.`);
  return derived;
}

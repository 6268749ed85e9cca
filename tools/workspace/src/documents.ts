import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { projects, read, root } from './workspace.js';

const rootScripts = scriptsOf('');
const projectScripts = new Map(projects.map(({ folder, manifest }) => [manifest.name, scriptsOf(folder)]));
const targets = new Set([...projectScripts.values()].flatMap((scripts) => [...scripts]));
/** Packages of other houses that a project of this one names, as `name@version`: a document that says to install one says the version that is tested. */
const packages = new Set(projects.flatMap(({ manifest }) => Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).map((entry) => entry.join('@'))));
/** Commands of Nx itself that documents may name. */
const nxCommands = new Set(['graph', 'reset']);

function scriptsOf(folder: string): ReadonlySet<string> {
  const { scripts = {} } = JSON.parse(read(join(folder, 'package.json'))) as { scripts?: Record<string, string> };
  return new Set(Object.keys(scripts));
}

/** A block of code in a document. */
interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** The line before the block that is not empty. */
  readonly caption: string;
}

const fence = /^```(\w*)\n([\s\S]*?)^```$/gm;

function blocksOf(text: string): CodeBlock[] {
  return [...text.matchAll(fence)].map((match) => {
    const [, language = '', code = ''] = match;
    return { language, code, caption: text.slice(0, match.index).trimEnd().split('\n').at(-1) ?? '' };
  });
}

const spansOf = (text: string): string[] => [...text.replace(fence, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span as string);

/** Links of a document that lead nowhere: to a file or a heading that does not exist. Addresses on the web are not tried. */
export function brokenLinks(path: string, text: string): string[] {
  const prose = text.replace(fence, '').replace(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link as string);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [file = '', heading] = link.split('#');
    const target = file === '' ? path : normalize(join(dirname(path), file));
    if (!existsSync(join(root, target))) return true;
    return heading !== undefined && !headingsOf(target === path ? text : read(target)).has(heading);
  });
}

/** The anchors of a document's headings, as GitHub makes them. */
function headingsOf(text: string): Set<string> {
  const headings = [...text.replace(fence, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading as string);
  return new Set(headings.map((heading) => heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-')));
}

/** Commands of a document, in its shell blocks and in its prose, that name a script, a target, a project or a file that does not exist. */
export function unknownCommands(text: string): string[] {
  const shell = blocksOf(text).filter(({ language }) => language === 'sh').flatMap(({ code }) => code.split('\n'));
  const commands = [...shell, ...spansOf(text)].flatMap((line) => [...line.matchAll(/\b(?:npm|npx) [^#&|;$()]+/g)].map(([command]) => command.trim()));
  return commands.filter((command) => !isKnown(command.split(/\s+/)));
}

function isKnown([program, ...args]: string[]): boolean {
  if (program === 'npm') return isNpmKnown(args.filter((arg) => arg !== '-s'));
  const [tool, ...rest] = args;
  if (tool === 'vitest') return rest[0] === 'run' && rest.slice(1).every((file) => file.startsWith('-') || existsSync(join(root, file)));
  return tool === 'nx' && isNxKnown(rest);
}

function isNpmKnown([command = '', script = '']: string[]): boolean {
  if (command === 'run') return rootScripts.has(script);
  if (command === 'install') return packages.has(script);
  return command === 'ci' || ((command === 'start' || command === 'test') && rootScripts.has(command));
}

function isNxKnown([command = '', ...args]: string[]): boolean {
  if (command === 'affected' || command === 'run-many') {
    const wanted = args.filter((arg) => !arg.startsWith('-')).flatMap((arg) => arg.split(','));
    return args[0] === '-t' && wanted.length > 0 && wanted.every((target) => targets.has(target));
  }
  if (args.length === 0) return nxCommands.has(command);
  return args.filter((arg) => !arg.startsWith('-')).every((project) => projectScripts.get(project)?.has(command));
}

/** Places in the repository that a document names in code type and that do not exist. A name with a placeholder is left alone. */
export function unknownPlaces(text: string): string[] {
  const places = spansOf(text).filter((span) => /^(?:apps|libs|tools|docs|\.ci)\/[^\s<*…:]*$/.test(span));
  return places.filter((place) => !existsSync(join(root, place)));
}

/** Captions of the TypeScript blocks of a document that are not, word for word, in the file which their caption names. */
export function unfaithfulQuotes(text: string): string[] {
  return blocksOf(text)
    .filter(({ language }) => language === 'ts')
    .filter(({ code, caption }) => {
      const [, file] = /`([^`]+\.ts)`/.exec(caption) ?? [];
      return file === undefined || !existsSync(join(root, file)) || !read(file).includes(code);
    })
    .map(({ caption }) => caption);
}

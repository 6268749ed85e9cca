import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { importOcelot, type JsonObject } from '@portico/ocelot';
import { stringify } from 'yaml';

/** What an import prints: the file of routes, and what a person should know about it. */
export interface ImportOutcome {
  readonly file: string;
  readonly notes: string;
  readonly ok: boolean;
}

/**
 * `import ocelot FILE…`: turns Ocelot's configuration into a file of routes. Of several files the lists are joined, and the global section is that of
 * `ocelot.global.json`, or the last one given.
 * @throws Error that names a file which is no JSON
 */
export function importOcelotFiles(paths: readonly string[]): ImportOutcome {
  const { file, report, faults } = importOcelot(merged(paths.map((path) => [path, read(path)])));
  const notes = [
    ...faults.map(({ path, message, code }) => `fault    ${path}: ${message} (${code})`),
    ...report.notes.map(({ kind, path, reason }) => `${kind.padEnd(8)} ${path}: ${reason}`),
  ];
  const head = `# Imported from ${paths.map((path) => basename(path)).join(', ')}. Every setting that is not Portico's own default is Ocelot's.\n`;
  return { file: faults.length > 0 ? '' : head + stringify(file, { lineWidth: 160 }), notes: notes.join('\n'), ok: faults.length === 0 };
}

function read(path: string): JsonObject {
  try {
    // A byte order mark is what editors of that platform begin a file with.
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as JsonObject;
  } catch (error) {
    throw new Error(`${path} cannot be read as JSON: ${(error as Error).message}`, { cause: error });
  }
}

function merged(files: readonly (readonly [path: string, content: JsonObject])[]): JsonObject {
  const result: Record<string, unknown> = {};
  const isGlobal = (path: string): boolean => /(?:^|\.)global\.json$/i.test(basename(path));
  const named = files.some(([path]) => isGlobal(path));
  for (const [path, content] of files) {
    for (const [key, value] of Object.entries(content)) {
      if (Array.isArray(value) && Array.isArray(result[key])) result[key] = [...(result[key] as unknown[]), ...value];
      else if (key !== 'GlobalConfiguration' || !named || isGlobal(path)) result[key] = value;
    }
  }
  return result as JsonObject;
}

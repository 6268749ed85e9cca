import type { ConfigClass } from './config-class.js';
import { ConfigurationError, type ConfigurationFault } from './configuration-error.js';
import { deepFreeze } from './deep-freeze.js';
import { FileReading } from './file/file-reading.js';
import { parseConfigText } from './file/parse-config-text.js';
import { readSection } from './file/read-section.js';

/** A file by its path, or a text that never was one; `file` names it in faults, and relative paths in it start at its folder. */
export type ConfigSource = string | { readonly file: string; readonly text: string };

export interface LoadConfigFileOptions {
  /** Where the placeholders `${NAME}` are looked up, as a rule `process.env`. */
  readonly env: NodeJS.ProcessEnv;
  /** Told of every file before it is read, those of secrets too: what a reload has to watch. */
  readonly onFile?: (path: string) => void;
}

/**
 * Reads a configuration from YAML or JSON files, validates it and freezes it at every depth.
 *
 * Several files are merged in their order, the later winning: sections and maps merge at every depth, also the options of a choice as
 * long as the choice stays the same; lists and single values replace. A default that is a map is replaced whole. Entries of a section
 * map that is `unique` may stand in one file only.
 *
 * The key `$schema` at the top is left to editors. Text may hold `${NAME}`, `${NAME:-default}` (also for an empty variable) and `$${` for `${`. A text that is nothing but a placeholder
 * takes the type of its setting; a list is then read by its commas. Nothing else is converted. A secret may be `{ file: path }`.
 *
 * @throws ConfigurationError listing every fault at once, with file, line and column; when a file is no YAML, the faults of all files' syntax only
 * @throws TypeError when the class itself is declared wrongly
 */
export function loadConfigFile<T extends object>(type: ConfigClass<T>, files: ConfigSource | readonly ConfigSource[], options: LoadConfigFileOptions): Readonly<T> {
  const sources = Array.isArray(files) ? (files as readonly ConfigSource[]) : [files as ConfigSource];
  const reading = new FileReading(options.env, options.onFile);
  const layers = sources.flatMap((source) => {
    const file = typeof source === 'string' ? source : source.file;
    const text = typeof source === 'string' ? reading.text(source) : source.text;
    return (text === undefined ? undefined : parseConfigText(text, file, reading)) ?? [];
  });
  if (!reading.unreadable) {
    const [first] = sources;
    const file = typeof first === 'object' ? first.file : (first ?? '');
    const instance = readSection(type, { layers, spot: { path: '', place: { file, line: 1, column: 1 } }, reading, given: undefined });
    if (reading.faults.length === 0) return deepFreeze(instance) as T;
  }
  throw new ConfigurationError(inOrder(reading.faults, sources.map((source) => (typeof source === 'string' ? source : source.file))));
}

function inOrder(faults: readonly ConfigurationFault[], files: readonly string[]): ConfigurationFault[] {
  const rank = ({ file }: ConfigurationFault): number => files.indexOf(file ?? '');
  return [...faults].sort((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

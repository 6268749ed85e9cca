import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ConfigurationFault } from '../configuration-error.js';
import { nearestName } from '../nearest-name.js';
import type { Place } from './file-node.js';

/** A place in the configuration: its path, and where in a file something about it is said; above it when nothing is. */
export interface Spot {
  readonly path: string;
  readonly place: Place;
}

/** What one reading of configuration files works on and reports to. */
export class FileReading {
  readonly faults: ConfigurationFault[] = [];
  readonly env: NodeJS.ProcessEnv;
  #unreadable = false;
  readonly #onFile: (path: string) => void;

  constructor(env: NodeJS.ProcessEnv, onFile: (path: string) => void = () => {}) {
    this.env = env;
    this.#onFile = onFile;
  }

  /** Notes a fault. `place` is where it stands, when that is not the spot's. */
  fault({ path, place: around }: Spot, message: string, place: Place = around): void {
    this.faults.push({ path: path === '' ? '(root)' : path, message, ...place });
  }

  /** Whether a file could not be read, or is no YAML: what it would have said is then not known. */
  get unreadable(): boolean {
    return this.#unreadable;
  }

  /** Notes that a file cannot be read as such. */
  unreadableFile(message: string, place: Place | { readonly file: string }, path = ''): void {
    this.#unreadable = true;
    this.faults.push({ path, message, ...place });
  }

  /** The text of a file; undefined, with a fault, when it cannot be read. */
  text(file: string): string | undefined {
    return this.#read(file, (code) => this.unreadableFile(`cannot be read (${code})`, { file }));
  }

  /** The secret in a file, without the line feed at its end. A relative path starts at the folder of the file that names it, as `written`. */
  secret(file: string, spot: Spot, written: string): string | undefined {
    const path = resolve(dirname(spot.place.file), file);
    return this.#read(path, (code) => this.fault(spot, `the file ${written} cannot be read (${code})`))?.replace(/\r?\n$/, '');
  }

  #read(path: string, failed: (code: string) => void): string | undefined {
    this.#onFile(path);
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      failed((error as NodeJS.ErrnoException).code ?? 'unknown');
      return undefined;
    }
  }
}

/** `; did you mean x?`, or nothing when no candidate is near. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

import { statSync } from 'node:fs';
import type { Clock, Timer } from '@portico/core';

export interface WatchConfigFileOptions {
  readonly clock: Clock;
  /** Time between two looks at the files, in milliseconds. Default: 1000. */
  readonly intervalMs?: number;
  /** Time for which the files must have stayed as they are before a change is told, in milliseconds. Default: 200. */
  readonly debounceMs?: number;
}

/** A watch that runs until it is closed. It never keeps the process alive. */
export interface ConfigFileWatch {
  /** Ends it: nothing is told any more. May be called twice. */
  close(): void;
}

/**
 * Calls `onChange` with the files that differ from what was last told, once they rest. What counts at first is their state at this call: watch, then load.
 *
 * Files are looked at, following links, instead of waiting for events of the file system: those are lost when an editor puts another file
 * in its place, when a config map swaps the folder behind its links, and on network drives. A file that is gone, and stays so, has changed.
 */
export function watchConfigFile(files: string | readonly string[], onChange: (files: readonly string[]) => void, options: WatchConfigFileOptions): ConfigFileWatch {
  const watch = new PollingWatch(typeof files === 'string' ? [files] : files, onChange, options);
  return { close: () => watch.close() };
}

class PollingWatch {
  readonly #files: readonly string[];
  readonly #onChange: (files: readonly string[]) => void;
  readonly #clock: Clock;
  readonly #intervalMs: number;
  readonly #debounceMs: number;
  #told: readonly string[];
  #seen: readonly string[];
  #seenAt: number;
  #timer: Timer | undefined;
  #closed = false;

  constructor(files: readonly string[], onChange: (files: readonly string[]) => void, { clock, intervalMs = 1_000, debounceMs = 200 }: WatchConfigFileOptions) {
    this.#files = [...files];
    this.#onChange = onChange;
    this.#clock = clock;
    this.#intervalMs = intervalMs;
    this.#debounceMs = debounceMs;
    this.#told = this.#seen = this.#files.map(stateOf);
    this.#seenAt = clock.now();
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #schedule(): void {
    const unsettled = !same(this.#seen, this.#told);
    this.#timer = this.#clock.schedule(() => this.#look(), unsettled ? Math.min(this.#debounceMs, this.#intervalMs) : this.#intervalMs);
  }

  #look(): void {
    if (this.#closed) return;
    const states = this.#files.map(stateOf);
    if (!same(states, this.#seen)) {
      this.#seen = states;
      this.#seenAt = this.#clock.now();
    }
    const changed = this.#clock.now() - this.#seenAt >= this.#debounceMs ? this.#files.filter((_, index) => states[index] !== this.#told[index]) : [];
    if (changed.length > 0) this.#told = states;
    // First, lest a callback that throws ends the watch.
    this.#schedule();
    if (changed.length > 0) this.#onChange(changed);
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.every((state, index) => state === b[index]);
}

// Blocking, but a matter of microseconds: awaiting it would let looks overtake each other.
function stateOf(file: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}

/** One thing for which Ocelot, or Portico, refuses the configuration. */
export interface ImportFault {
  /** Where, as `Routes[0].RateLimitOptions.Period`. */
  readonly path: string;
  /** Stable code, as `duplicate-route`. */
  readonly code: string;
  readonly message: string;
}

/**
 * One thing that a person should know about the imported file.
 * `dropped`: nothing of Portico's stands for it. `changed`: Portico does something else than Ocelot. `code`: it names code, which has to be written or named.
 */
export interface ImportNote {
  readonly path: string;
  readonly kind: 'dropped' | 'changed' | 'code';
  readonly reason: string;
}

/** What of the configuration could not be carried over as it stands. */
export interface ImportReport {
  readonly notes: readonly ImportNote[];
}

/** Collects what an import finds, in the order in which it is found, each once. */
export class Findings {
  readonly #notes = new Map<string, ImportNote>();
  readonly #faults = new Map<string, ImportFault>();

  note(kind: ImportNote['kind'], path: string, reason: string): void {
    this.#notes.set(`${path} ${reason}`, { path, kind, reason });
  }

  fault(path: string, code: string, message: string): void {
    this.#faults.set(`${path} ${code}`, { path, code, message });
  }

  get report(): ImportReport {
    return { notes: [...this.#notes.values()] };
  }

  get faults(): ImportFault[] {
    return [...this.#faults.values()];
  }
}

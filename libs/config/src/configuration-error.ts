/** One fault of a configuration. */
export interface ConfigurationFault {
  /** Place of the value, as `services.catalog.instances[0]`; the name of an environment variable that matches nothing; empty when a whole file cannot be read. */
  readonly path: string;
  readonly message: string;
  /** File that the fault is in, as it was named; absent when it is in none. */
  readonly file?: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the line, from 1, in UTF-16 units. */
  readonly column?: number;
}

/** The fault in one line: `gateway.yaml:12:7 routes.images.match.path: must begin with "/"`, or `port: is required` without a file. */
export function faultText({ path, message, file, line, column }: ConfigurationFault): string {
  const place = file === undefined ? '' : line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${[place, path].filter((part) => part !== '').join(' ')}: ${message}`;
}

const marker = Symbol.for('portico.configuration-error');

/** The configuration cannot be used. `faults` lists everything that is wrong with it; no value of a secret is in it. */
export class ConfigurationError extends Error {
  readonly faults: readonly ConfigurationFault[];
  readonly [marker] = true;

  constructor(faults: readonly ConfigurationFault[]) {
    const lines = faults.map((fault) => `  - ${faultText(fault)}`);
    super(`The configuration has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}:\n${lines.join('\n')}`);
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}

/** Whether `value` is a `ConfigurationError`; true across duplicate copies of this package. */
export function isConfigurationError(value: unknown): value is ConfigurationError {
  return typeof value === 'object' && value !== null && marker in value;
}

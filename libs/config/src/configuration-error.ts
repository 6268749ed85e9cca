/** One fault of a configuration. */
export interface ConfigurationFault {
  /** Place of the value, as `services.catalog.instances[0]`, or the name of an environment variable that matches nothing. */
  readonly path: string;
  readonly message: string;
}

const marker = Symbol.for('portico.configuration-error');

/** The configuration cannot be used. `faults` lists everything that is wrong with it; no value of a secret is in it. */
export class ConfigurationError extends Error {
  readonly faults: readonly ConfigurationFault[];
  readonly [marker] = true;

  constructor(faults: readonly ConfigurationFault[]) {
    const lines = faults.map((fault) => `  - ${fault.path}: ${fault.message}`);
    super(`The configuration has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}:\n${lines.join('\n')}`);
    this.name = 'ConfigurationError';
    this.faults = faults;
  }
}

/** Whether `value` is a `ConfigurationError`; true across duplicate copies of this package. */
export function isConfigurationError(value: unknown): value is ConfigurationError {
  return typeof value === 'object' && value !== null && marker in value;
}

import { isConfigurationError, type ConfigurationFault } from '@portico/config';

/** What `make` makes; undefined, and its faults noted, where it cannot. */
export function collecting<T>(faults: ConfigurationFault[], make: () => T, path = ''): T | undefined {
  try {
    return make();
  } catch (error) {
    if (isConfigurationError(error)) faults.push(...error.faults);
    else if (error instanceof TypeError) faults.push({ path, message: error.message });
    else throw error;
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { ConfigurationError, isConfigurationError, placeFaults, type ConfigText } from '@portico/config';

/**
 * Does what may find fault with what `files` say.
 * @throws ConfigurationError whose faults name their places in the files; whatever else `work` throws
 */
export function withPlaces<T>(files: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    throw new ConfigurationError(placeFaults(error.faults, files.flatMap(textOf)));
  }
}

/** The file as it is now; nothing when it has gone since it was read. */
function textOf(file: string): ConfigText[] {
  try {
    return [{ file, text: readFileSync(file, 'utf8') }];
  } catch {
    return [];
  }
}

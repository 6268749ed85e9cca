import { ConfigurationError, isConfigurationError, loadConfigFile, type ConfigClass } from '@portico/config';

/**
 * Makes an option class out of plain values: defaults, types, constraints and unknown names are checked as in a configuration file, and the result is frozen.
 * An instance of the class is taken as it is.
 * @throws ConfigurationError listing every fault, with paths inside the options
 */
export function policyOptions<O extends object>(type: ConfigClass<O>, given: unknown = {}): Readonly<O> {
  if (given instanceof type) return given;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new ConfigurationError([{ path: '', message: 'must be an object' }]);
  try {
    // In code, braces behind a dollar sign are text.
    return loadConfigFile(type, { file: 'options', text: JSON.stringify(given).replaceAll('${', () => '$${') }, { env: {} });
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    throw new ConfigurationError(error.faults.map(({ path, message }) => ({ path: path === '(root)' ? '' : path, message })));
  }
}

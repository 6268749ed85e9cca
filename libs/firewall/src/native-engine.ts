import { createRequire } from 'node:module';
import { ConfigurationError } from '@portico/config';

/** The part of `@datadog/native-appsec` that is used here. */
export interface NativeEngine {
  readonly DDWAF: typeof import('@datadog/native-appsec').DDWAF;
}

/** The package and the version that this is tested with. */
const [name, version] = ['@datadog/native-appsec', '11.0.3'];

/**
 * Loads libddwaf. It is native code, which no bundle can hold: it is found when it is needed, as Node finds any package of the file that runs.
 * @throws ConfigurationError that says what to do where it is not there or not for this machine
 */
export function loadNativeEngine(require: (name: string) => unknown = createRequire(import.meta.url)): NativeEngine {
  try {
    return require(name) as NativeEngine;
  } catch (cause) {
    const [reason] = (cause as Error).message.split('\n');
    throw new ConfigurationError([{ path: 'firewall.mode', message: `needs a package that cannot be loaded: run \`npm install ${name}@${version}\` in the folder of the bundle or one above it, or set it to off (${reason})` }]);
  }
}

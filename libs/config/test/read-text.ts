import { ConfigurationError, faultText, isConfigurationError, loadConfigFile, type ConfigSource } from '../src/index.js';
import { GatewayFile } from './gateway-file.js';

/** Reads texts as the files a.yaml, b.yaml, … */
export function read(texts: string | readonly string[], env: NodeJS.ProcessEnv = {}): Readonly<GatewayFile> {
  const sources = (typeof texts === 'string' ? [texts] : texts).map((text, index): ConfigSource => ({ file: `${'abc'[index]}.yaml`, text }));
  return loadConfigFile(GatewayFile, sources, { env });
}

/** The faults of those texts, each as its line. */
export function faultsOf(texts: string | readonly string[], env?: NodeJS.ProcessEnv): string[] {
  return faultsOfCall(() => read(texts, env));
}

/** The faults with which a call throws, each as its line. */
export function faultsOfCall(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigurationError && isConfigurationError(error)) return error.faults.map(faultText);
    throw error;
  }
  return [];
}

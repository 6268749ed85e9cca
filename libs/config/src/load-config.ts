import { applyEnvironment } from './apply-environment.js';
import { applyOverrides } from './apply-overrides.js';
import type { ConfigClass, DeepPartial } from './config-class.js';
import { buildSection, sectionsOf } from './config-tree.js';
import { ConfigurationError, type ConfigurationFault } from './configuration-error.js';
import { deepFreeze } from './deep-freeze.js';
import { validateTree } from './validate-tree.js';

export interface LoadConfigOptions<T> {
  /** The environment to read, as a rule `process.env`. */
  readonly env: NodeJS.ProcessEnv;
  /** Values given in code, as tests do; they win over the environment. */
  readonly overrides?: DeepPartial<T> | undefined;
  /** First part of the derived variable names. Default: `PORTICO`. */
  readonly prefix?: string | undefined;
}

/**
 * Builds a configuration from its defaults, the environment and overrides, validates what was given and freezes it at every depth. That the defaults are right `describeConfig` makes sure.
 *
 * @throws ConfigurationError listing every fault at once
 * @throws TypeError when the class itself is declared wrongly
 */
export function loadConfig<T extends object>(type: ConfigClass<T>, { env, overrides, prefix = 'PORTICO' }: LoadConfigOptions<NoInfer<T>>): Readonly<T> {
  const faults: ConfigurationFault[] = [];
  const overridden = new Set<string>();
  const sources = new Map<string, string>();
  const root = buildSection(type, prefix);
  const declared = new Set(sectionsOf(root));
  if (overrides !== undefined) applyOverrides(root, overrides, { prefix, faults, overridden });
  applyEnvironment(root, env, { prefix, faults, overridden, sources });
  const noted = new Set(faults.map((fault) => fault.path.replace(/\[\d+\]$/, '')));
  // A value that could not even be read would be reported a second time, as missing.
  faults.push(...validateTree(root, { declared, sources, overridden }).filter((fault) => !noted.has(fault.path)));
  if (faults.length > 0) throw new ConfigurationError(faults);
  return deepFreeze(root.instance) as T;
}

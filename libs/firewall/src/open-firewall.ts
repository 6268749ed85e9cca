import type { Firewall } from './firewall.js';
import type { FirewallOptions } from './firewall.options.js';

/**
 * Makes the firewall; undefined, with nothing of it loaded, where its mode is `off`.
 * @param credentials names of header fields, besides those of HTTP, that carry credentials: they are not looked at
 * @throws ConfigurationError that says what to install where the engine is not there
 */
export async function openFirewall(options: FirewallOptions, credentials: readonly string[] = []): Promise<Firewall | undefined> {
  if (options.mode === 'off') return undefined;
  const [{ Firewall }, { loadNativeEngine }] = await Promise.all([import('./firewall.js'), import('./native-engine.js')]);
  return new Firewall(loadNativeEngine(), options, credentials);
}

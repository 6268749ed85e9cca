import type { Provider } from 'oidc-provider';
import type { IdentitySettings } from './identity.settings.js';
import { loadProvider } from './load-provider.js';
import { providerConfig } from './provider.config.js';
import { generateSigningKeys } from './signing-key.js';

/** Makes the provider of an issuer, with a fresh signing key. Throws what the provider finds wrong with the settings. */
export async function createProvider(issuer: string, settings: IdentitySettings): Promise<Provider> {
  const [parts, jwks] = await Promise.all([loadProvider(), generateSigningKeys()]);
  const provider = new parts.Provider(issuer, providerConfig(parts, settings, jwks));
  provider.on('server_error', (_ctx, error) => process.stderr.write(`identity: ${error.stack ?? error.message}\n`));
  return provider;
}

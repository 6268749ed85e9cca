import type { Provider } from 'oidc-provider';
import { shopClients } from './clients.js';
import type { IdentitySettings } from './identity.settings.js';
import { IssuedTokens } from './issued-tokens.js';
import { loadProvider } from './load-provider.js';
import { providerConfig, type ProviderState } from './provider.config.js';
import { reportTrouble } from './report-trouble.js';
import { tamperIdTokens } from './tamper-id-tokens.js';
import { addTokenExchange } from './token-exchange.js';

/**
 * Makes the provider of an issuer with the keys of the state. Throws what the provider finds wrong with the settings.
 *
 * @param report receives errors nobody foresaw, and what a client could not be told or asked
 */
export async function createProvider(issuer: string, settings: IdentitySettings, state: ProviderState, report: (error: unknown) => void): Promise<Provider> {
  const parts = await loadProvider();
  const provider = new parts.Provider(issuer, providerConfig(parts, settings, state));
  // An https issuer is known by that name through an edge, which says under which one it was asked.
  provider.proxy = issuer.startsWith('https:');
  const tokens = new IssuedTokens(state.store);
  tokens.watch(provider);
  addTokenExchange(provider, parts.errors, state.switches.keys, tokens);
  tamperIdTokens(provider, state.switches);
  reportTrouble(provider, report);
  // The provider looks at a client's metadata when it is first used; a mistake in the settings should stop the start.
  await Promise.all(shopClients(settings).map((client) => provider.Client.find(client.client_id)));
  return provider;
}

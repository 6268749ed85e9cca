import type { Endpoint } from '@portico/core';
import { apiKeysName } from './api-keys.policy.js';
import { requiresApiKey } from './require-api-key.decorator.js';

/**
 * Ends the start of a gateway with an endpoint that needs an API key but a pipeline that looks at none: it would be open.
 * @param policies names of those that run for the endpoint
 * @throws Error that names the endpoint
 */
export function assertApiKeyChecked(endpoint: Endpoint, policies: readonly string[]): void {
  if (requiresApiKey(endpoint) && !policies.includes(apiKeysName)) throw new Error(`${endpoint.name} (${endpoint.path}) needs an API key, but the pipeline has no apiKeys()`);
}

import { SetMetadata } from '@nestjs/common';
import type { Endpoint } from '@portico/core';

/** Key under which an endpoint says that it needs an API key. */
export const apiKeyKey = 'portico:api-key';

/**
 * Serves an operation, or every operation of a controller, only with a good API key, whatever else is declared: beside `@Scopes()` for users it takes a token and a key;
 * with `@AllowClients()` the partner's key alone is enough if it has the scopes, and with `@Public()` any good key. The pipeline needs `apiKeys()`.
 */
export function RequireApiKey(): MethodDecorator & ClassDecorator {
  return SetMetadata(apiKeyKey, true);
}

/** Whether `endpoint` needs a key. For use at start. */
export function requiresApiKey(endpoint: Endpoint): boolean {
  return endpoint.declared<boolean>(apiKeyKey) === true;
}

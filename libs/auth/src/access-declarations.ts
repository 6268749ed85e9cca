import { accessKey, clientsKey, type Access } from './access.decorators.js';
import type { AccessOptions } from './access.options.js';
import { accessRulesKey, type AccessRules } from './access-rules.js';
import { apiKeyKey } from './keys/require-api-key.decorator.js';

/** What a route declares about its access, by the keys that the policies read; without a section it is open to every authenticated user. For use at start. */
export function accessDeclarations(options: AccessOptions | undefined): ReadonlyMap<string, unknown> {
  const { anonymous = false, scopes = [], anyScope = false, issuers = [], clients = false, apiKey = false } = options ?? {};
  const access: Access = anonymous ? { public: true } : { public: false, scopes };
  const rules: AccessRules = { anyScope, issuers };
  return new Map<string, unknown>([
    [accessKey, access],
    [clientsKey, clients],
    [accessRulesKey, rules],
    [apiKeyKey, apiKey],
  ]);
}

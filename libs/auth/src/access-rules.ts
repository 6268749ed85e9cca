import type { Endpoint } from '@portico/core';

/** What a route's configuration says about its access besides scopes. */
export interface AccessRules {
  /** Whether one of the scopes is enough. */
  readonly anyScope: boolean;
  /** Names of the issuers whose tokens are accepted; all of them when it is empty. */
  readonly issuers: readonly string[];
}

/** Key under which an endpoint has its rules. */
export const accessRulesKey = 'portico:access-rules';

const noRules: AccessRules = Object.freeze({ anyScope: false, issuers: [] });

/** The rules of `endpoint`; every scope and any issuer where it says nothing. For use at start. */
export function accessRules(endpoint: Endpoint): AccessRules {
  return { ...noRules, ...endpoint.declared<Partial<AccessRules>>(accessRulesKey) };
}

import { allowsClients, declaredAccess, requiresApiKey } from '@portico/auth';
import type { Binding } from '../operations/binding.js';
import type { SchemeName } from './security-schemes.js';

/** What a request must have: all that is named. The lists are of scopes. */
export type SecurityRequirement = Readonly<Partial<Record<SchemeName, readonly string[]>>>;

/**
 * The security requirements of an operation: one of them is enough, and with none it is public. They follow from what the operation declares and from what the pipeline looks at:
 * session cookies by `webSession()`, access tokens by `authenticate()`, or by a policy of the team where there are no sessions; a partner's key alone where client applications are served, too.
 */
export function securityOf({ endpoint, pipeline: { policies } }: Pick<Binding, 'endpoint' | 'pipeline'>): readonly SecurityRequirement[] {
  const access = declaredAccess(endpoint);
  const key: SecurityRequirement = { apiKey: [] };
  const besides = requiresApiKey(endpoint) ? key : {};
  if (access?.public) return requiresApiKey(endpoint) ? [key] : [];
  const sessions = policies.includes('web-session');
  const ways: SecurityRequirement[] = [];
  if (sessions) ways.push({ session: [], csrf: [], ...besides });
  if (!sessions || policies.includes('authenticate')) ways.push({ bearer: [...(access?.scopes ?? [])], ...besides });
  if (allowsClients(endpoint) && policies.includes('api-keys')) ways.push(key);
  return ways;
}

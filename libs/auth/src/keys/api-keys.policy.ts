import type { Caller, Endpoint, Policy, RequestContext } from '@portico/core';
import { allowsClients, declaredAccess } from '../access.decorators.js';
import { takesCredentials } from '../takes-credentials.js';
import { apiKeyInAddress, apiKeyMissing, withKeyChallenge } from './api-key-challenges.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import { keyInAddress } from './key-in-address.js';
import { requiresApiKey } from './require-api-key.decorator.js';

export interface ApiKeysOptions {
  /** Name of the header field, in any case; `x-api-key` by default. */
  readonly header?: string | undefined;
}

/** Name of the policy. */
export const apiKeysName = 'api-keys';

// RFC 9110 5.6.2, without what belongs to others.
const fieldName = /^(?!(?:authorization|cookie|host)$)[\w!#$%&'*+.^`|~-]+$/i;

/**
 * Takes the API key of a partner's application, and sets `context.caller` where nobody else has been authenticated. Key and token are independent: each that is sent must be good,
 * wherever it is sent, and `@RequireApiKey()` or `access.apiKey` asks for a key besides what else is needed. Where such an endpoint is for users only, a key does not stand for a token.
 * The key never reaches a service. Stands after `authenticate()` and before the limits of callers and `authorize()`.
 * Refuses with API_KEY_MISSING, with API_KEY_INVALID (also for a key in the address), and with LIMIT_EXCEEDED where too many wrong keys came from one address.
 * System endpoints are left alone.
 * @throws TypeError for a name that no field of its own can have
 */
export function apiKeys({ header = 'x-api-key' }: ApiKeysOptions = {}): Policy {
  if (!fieldName.test(header)) throw new TypeError(`Keys cannot be sent in a header field called ${JSON.stringify(header)}`);
  const name = header.toLowerCase();
  const isInAddress = keyInAddress(name);
  return {
    name: apiKeysName,
    compile(endpoint, resolve) {
      if (!takesCredentials(endpoint)) return undefined;
      const verifier = resolve(ApiKeyVerifier);
      const needed = requiresApiKey(endpoint);
      const besidesToken = needed && servesUsersOnly(endpoint);
      const inbound = (context: RequestContext): void | Promise<void> => {
        if (isInAddress(context.url)) throw apiKeyInAddress();
        const field = context.headers[name];
        if (field === undefined) {
          if (needed) throw apiKeyMissing(besidesToken && context.caller.kind === 'anonymous');
          return undefined;
        }
        context.forward?.headers.delete(name);
        const caller = verifier.verify(field, context.address);
        if (besidesToken) return caller instanceof Promise ? caller.then(() => undefined) : undefined;
        if (caller instanceof Promise) return caller.then((verified) => identify(context, verified));
        return identify(context, caller);
      };
      return needed ? { inbound, onError: (_context, error) => withKeyChallenge(error) } : { inbound };
    },
  };
}

function identify(context: RequestContext, caller: Caller): void {
  if (context.caller.kind === 'anonymous') context.caller = caller;
}

function servesUsersOnly(endpoint: Endpoint): boolean {
  return declaredAccess(endpoint)?.public !== true && !allowsClients(endpoint);
}

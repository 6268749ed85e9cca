import { PorticoError, type Caller, type Endpoint, type Policy, type Resolve } from '@portico/core';
import { allowsClients, declaredAccess } from './access.decorators.js';
import { accessRules, type AccessRules } from './access-rules.js';
import { scopeInsufficient, tokenInvalid, tokenMissing } from './challenges.js';
import { issuerOf } from './issued-caller.js';
import { TokenVerifier } from './token-verifier.js';

/** The kinds of endpoints that say who may use them. */
const guarded: ReadonlySet<Endpoint['kind']> = new Set(['operation', 'route', 'negotiation', 'invocation']);

/**
 * Decides what the caller may do, by what the operation or the configured route declares. Denies by default: where nothing is declared it
 * answers OPERATION_FORBIDDEN. System endpoints and unknown addresses are let through. Stands after every authentication.
 * Refuses with TOKEN_MISSING, TOKEN_INVALID for a token of an issuer that is not accepted there, SCOPE_INSUFFICIENT (challenges by RFC 6750 3)
 * or, for a client application where users are served, OPERATION_FORBIDDEN.
 */
export function authorize(): Policy {
  return {
    name: 'authorize',
    compile(endpoint, resolve) {
      if (!guarded.has(endpoint.kind)) return undefined;
      const access = declaredAccess(endpoint);
      if (!access) return { inbound: forbid };
      if (access.public) return undefined;
      const { scopes } = access;
      const rules = accessRules(endpoint);
      const clientsToo = allowsClients(endpoint);
      const mayDo = rules.anyScope && scopes.length > 0 ? (held: Caller['scopes']) => scopes.some((scope) => held.has(scope)) : (held: Caller['scopes']) => scopes.every((scope) => held.has(scope));
      const lacking = scopeInsufficient(scopes);
      const issuers = acceptedIssuers(rules, endpoint, resolve);
      return {
        inbound({ caller }) {
          if (caller.kind === 'anonymous') throw tokenMissing();
          if (issuers && !issuers.has(issuerOf(caller))) throw tokenInvalid(new TypeError(`The issuer ${issuerOf(caller)} is not accepted by ${endpoint.name}`));
          if (!mayDo(caller.scopes)) throw lacking();
          if (caller.kind === 'client' && !clientsToo) throw new PorticoError('OPERATION_FORBIDDEN', { detail: 'This operation serves users only.' });
        },
      };
    },
  };
}

function acceptedIssuers({ issuers }: AccessRules, endpoint: Endpoint, resolve: Resolve): ReadonlySet<string> | undefined {
  if (issuers.length === 0) return undefined;
  const known = resolve(TokenVerifier).issuerNames;
  const unknown = issuers.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new TypeError(`${endpoint.name}: no issuer has the name ${unknown.join(', ')}`);
  return new Set(issuers);
}

function forbid(): never {
  throw new PorticoError('OPERATION_FORBIDDEN');
}

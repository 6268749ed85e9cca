import { PorticoError, type Policy } from '@portico/core';
import { allowsClients, declaredAccess } from './access.decorators.js';
import { scopeInsufficient, tokenMissing } from './challenges.js';

/**
 * Decides what the caller may do, by what the operation declares. Denies by default: an operation with neither `@Public()` nor `@Scopes()`
 * answers OPERATION_FORBIDDEN. System endpoints and unknown addresses are let through. Stands after every authentication.
 * Refuses with TOKEN_MISSING, SCOPE_INSUFFICIENT (challenges by RFC 6750 3) or, for a client application where users are served, OPERATION_FORBIDDEN.
 */
export function authorize(): Policy {
  return {
    name: 'authorize',
    compile(endpoint) {
      if (endpoint.kind !== 'operation') return undefined;
      const access = declaredAccess(endpoint);
      if (!access) return { inbound: forbid };
      if (access.public) return undefined;
      const { scopes } = access;
      const clientsToo = allowsClients(endpoint);
      const lacking = scopeInsufficient(scopes);
      return {
        inbound({ caller }) {
          if (caller.kind === 'anonymous') throw tokenMissing();
          for (const scope of scopes) if (!caller.scopes.has(scope)) throw lacking();
          if (caller.kind === 'client' && !clientsToo) throw new PorticoError('OPERATION_FORBIDDEN', { detail: 'This operation serves users only.' });
        },
      };
    },
  };
}

function forbid(): never {
  throw new PorticoError('OPERATION_FORBIDDEN');
}

import { PorticoError, type Awaitable, type Policy, type RequestContext } from '@portico/core';
import { declaredAccess } from '../access.decorators.js';
import { tokenInvalid } from '../challenges.js';
import { takesCredentials } from '../takes-credentials.js';
import { sessionCaller } from './session-caller.js';
import { sessionMissing } from './session-failure.js';
import { SessionGate, type Admission } from './session-gate.js';
import { setSession } from './session-of.js';
import { SessionTokens } from './session-tokens.js';

export interface WebSessionPolicyOptions {
  /** Whether a request without cookie may bring an access token instead, for the policy `authenticate` to verify. By default it is refused. */
  readonly bearer?: boolean;
}

/**
 * Finds out who calls by the session cookie, and sets `context.caller`; no token is verified or leaves the server. A request without cookie stays anonymous, the authorize policy
 * decides about it. One whose session has ended does so where everybody is served, and is refused elsewhere (SESSION_MISSING): its browser sends the cookie unasked.
 * A session goes on as long as the provider renews its access token: one that has ended is replaced before the request goes on, and where everybody is served, beside it.
 * Refuses with CSRF_REFUSED whatever another site may have sent, with SESSIONS_UNAVAILABLE when the store is down, and with AUTHORITY_UNAVAILABLE when the provider is as a token has ended. System endpoints are left alone, and so are those of signing in and out, which read the cookie themselves.
 */
export function webSession({ bearer = false }: WebSessionPolicyOptions = {}): Policy {
  return {
    name: 'web-session',
    compile(endpoint, resolve) {
      if (!takesCredentials(endpoint) || endpoint.kind === 'identity') return undefined;
      const gate = resolve(SessionGate);
      const open = declaredAccess(endpoint)?.public === true;
      const tokens = resolve(SessionTokens);
      const settle = (context: RequestContext, admission: Admission): Awaitable<void> => {
        if (typeof admission === 'object') {
          enter(context, admission, gate.clientId, bearer);
          context.subjectToken = () => tokens.accessToken(admission);
          const token = tokens.accessToken(admission);
          if (!(token instanceof Promise)) return;
          const renewed = token.then(() => undefined);
          if (!open) return renewed;
          void renewed.catch(() => {});
          return;
        }
        if (admission === 'ended' && !open) throw sessionMissing('The session has ended');
        if (!bearer && context.headers['authorization'] !== undefined) throw tokenInvalid(new TypeError('Access tokens are not taken here'));
      };
      return {
        inbound(context) {
          const admission = gate.admit(context.headers);
          return admission instanceof Promise ? admission.then((known) => settle(context, known)) : settle(context, admission);
        },
      };
    },
  };
}

function enter(context: RequestContext, active: Exclude<Admission, string>, clientId: string, bearer: boolean): void {
  // Where both are taken, `authenticate` would replace the one by the other (RFC 6750 2: one method a request).
  if (bearer && context.headers['authorization'] !== undefined) throw new PorticoError('REQUEST_MALFORMED', { detail: 'Send a session cookie or an access token, not both.' });
  context.caller = sessionCaller(active.session, clientId);
  setSession(context, active);
}

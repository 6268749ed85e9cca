import { isPorticoError, PorticoError, type Awaitable } from '@portico/core';
import { noStore, type SessionEndpoint } from './session-endpoint.js';
import type { WebSessions } from './web-sessions.js';

/** Verifies logout tokens (OpenID Connect Back-Channel Logout 1.0, 2.6). A `LogoutTokenVerifier` is one. */
export interface LogoutTokens {
  /** Whose sessions end: those of `sid` where it names one, else all of `sub`. Throws or rejects when the token is not good, or was used before. */
  verify(token: string): Awaitable<{ readonly sub?: string | undefined; readonly sid?: string | undefined }>;
}

const formType = /^application\/x-www-form-urlencoded(?:\s*;|$)/i;
const headers = Object.fromEntries([noStore]);

/** `backchannel`: where the identity provider tells that a session has ended there (2.5 to 2.8). Takes a form, from whoever has a good token; 400 for everything else, 503 when it cannot be done now. */
export function backchannelEndpoint(tokens: LogoutTokens, sessions: WebSessions): SessionEndpoint {
  return async ({ method, headers: fields, form }) => {
    if (method !== 'POST') throw new PorticoError('METHOD_NOT_ALLOWED', { headers: { ...headers, allow: 'POST' } });
    try {
      const type = fields['content-type'];
      const sent = typeof type === 'string' && formType.test(type) ? (form?.getAll('logout_token') ?? []) : [];
      if (sent.length !== 1) throw new TypeError('A form with one logout_token is needed');
      const { sid, sub } = await tokens.verify(sent[0] as string);
      if (sid) await sessions.endBySid(sid);
      else if (sub) await sessions.endBySubject(sub);
      else throw new TypeError('The token names neither sid nor sub');
    } catch (error) {
      throw refusal(error);
    }
    return { status: 200, headers: [noStore], body: '' };
  };
}

function refusal(error: unknown): PorticoError {
  if (!isPorticoError(error)) return new PorticoError('REQUEST_INVALID', { detail: 'The logout token is not accepted.', headers, cause: error });
  const { code, detail, cause } = error;
  return new PorticoError(code, { detail, headers: { ...error.headers, ...headers }, cause });
}

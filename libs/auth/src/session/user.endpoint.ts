import type { Clock } from '@portico/core';
import { RequestQuery } from './request-query.js';
import { noStore, type SessionEndpoint } from './session-endpoint.js';
import { sessionMissing } from './session-failure.js';
import type { SessionGate } from './session-gate.js';
import type { SessionSite } from './session-site.js';

/**
 * `user`: who is logged in, for the page's own code: `{ sub, claims, logoutUrl, expiresInS }`. Needs `x-csrf: 1` as every request with the cookie does; with `slide=false` it does not
 * extend the session. Answers SESSION_MISSING when nobody is.
 */
export function userEndpoint(gate: SessionGate, { prefix }: SessionSite, clock: Clock): SessionEndpoint {
  return async ({ headers, url }) => {
    const slide = new RequestQuery(url).value('slide') !== 'false';
    const admission = await gate.admit(headers, slide);
    if (typeof admission === 'string') throw sessionMissing(admission === 'none' ? 'There is no cookie' : 'The session has ended');
    const { sub, sid, claims, expiresAtMs } = admission.session;
    const expiresInS = Math.floor((expiresAtMs - clock.epochMs()) / 1_000);
    const body = JSON.stringify({ sub, claims, logoutUrl: `${prefix}/logout?sid=${encodeURIComponent(sid)}`, expiresInS });
    return { status: 200, headers: [['content-type', 'application/json'], noStore], body };
  };
}

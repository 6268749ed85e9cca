import type { RequestContext } from '@portico/core';
import type { ActiveSession } from './web-sessions.js';

const sessions = new WeakMap<RequestContext, ActiveSession>();

/** The session that a request was let in with; undefined when there was none. */
export function sessionOf(context: RequestContext): ActiveSession | undefined {
  return sessions.get(context);
}

/** Notes the session of a request, for later steps. */
export function setSession(context: RequestContext, active: ActiveSession): void {
  sessions.set(context, active);
}

import { sessionOf } from '@portico/auth';
import type { Caller, RequestContext, SubjectToken } from '@portico/core';

/** Who negotiated a connection, and from where: what later calls on it are made with. */
export interface ConnectedCaller extends Caller {
  readonly address: string;
  /** For calls to services on behalf of the caller. */
  readonly subjectToken: SubjectToken | undefined;
  /** Id of the cookie session that the caller is known by; undefined where it is none. */
  readonly sessionId: string | undefined;
  /** The session cookie that came with the negotiation, whatever it was worth. */
  readonly cookie: string | undefined;
}

/** The caller of a negotiation, for its connection. */
export function connectedCaller(context: RequestContext, cookie: string | undefined): ConnectedCaller {
  const { caller, address, subjectToken } = context;
  return { ...caller, address, subjectToken, sessionId: sessionOf(context)?.id, cookie };
}

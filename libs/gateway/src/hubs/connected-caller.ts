import type { Caller, RequestContext, SubjectToken } from '@portico/core';

/** Who negotiated a connection, and from where: what later calls on it are made with. */
export interface ConnectedCaller extends Caller {
  readonly address: string;
  /** For calls to services on behalf of the caller. */
  readonly subjectToken: SubjectToken | undefined;
}

/** The caller of a negotiation, for its connection. */
export function connectedCaller({ caller, address, subjectToken }: RequestContext): ConnectedCaller {
  return { ...caller, address, subjectToken };
}

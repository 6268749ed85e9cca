import type { Ask } from '@portico/backend-client';
import { Deadline, RequestContext, type Clock, type Endpoint, type ForwardRequest } from '@portico/core';

/** The context of a part's own call: that of the request, with what is sent to the part's route, until the part is due. */
export function partContext({ context, dueAt, span: callSpan }: Ask, endpoint: Endpoint, forward: ForwardRequest, clock: Clock): RequestContext {
  const { id, method, url, headers, address, trace, telemetry, caller, subjectToken, span } = context;
  const now = clock.now();
  const deadline = new Deadline(clock, now, Math.max(0, dueAt - now));
  const own = new RequestContext({ id, method, url, headers, address, trace, telemetry, endpoint, deadline });
  own.caller = caller;
  own.subjectToken = subjectToken;
  own.span = span;
  own.callSpan = callSpan;
  own.forward = forward;
  return own;
}

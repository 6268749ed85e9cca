import type { Caller, RequestContext } from '@portico/core';

/** Lets in who has shown an access token that was verified. */
export function enterWith(context: RequestContext, caller: Caller, token: string): void {
  context.caller = caller;
  context.subjectToken = token;
}

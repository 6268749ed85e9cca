import type { Endpoint, ForwardRequest, PolicySteps, RequestContext } from '@portico/core';
import type { PolicySection } from '../policy-section.js';

/** One change of what is about to be sent. */
export type RequestEdit = (context: RequestContext, request: ForwardRequest) => void;

/** The steps of a policy that changes what a route forwards, in the sections inbound and backend. An operation forwards nothing: undefined. */
export function requestSteps(endpoint: Endpoint, section: PolicySection | undefined, compile: () => RequestEdit): PolicySteps | undefined {
  if (section !== 'inbound' && section !== 'backend') return {};
  if (endpoint.kind !== 'route') return undefined;
  const edit = compile();
  if (section === 'inbound') return { inbound: (context) => void (context.forward && edit(context, context.forward)) };
  return {
    backend(context, request, next) {
      edit(context, request);
      return next();
    },
  };
}

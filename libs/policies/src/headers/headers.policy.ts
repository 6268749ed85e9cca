import { ConfigurationError, isConfigurationError, type ConfigurationFault } from '@portico/config';
import type { Endpoint, OutgoingAnswer, Policy, PolicySteps, RequestContext } from '@portico/core';
import { policyFaults } from '../configured/policy-faults.js';
import { AnswerFields } from './answer-fields.js';
import type { HeaderEdit } from './header-edit.js';
import { compileTransforms } from './compile-transforms.js';
import type { HeaderTransforms } from './header-transforms.js';

/** Key under which a route declares its `HeaderTransforms`. */
export const headersKey = 'portico:headers';

/**
 * Changes the header fields of a route's requests and answers, as its section `headers` says.
 * Stands after authenticate, so that `{caller.id}` is known. Throws ConfigurationError at start, listing every fault.
 */
export function headers(): Policy {
  return {
    name: 'headers',
    compile(endpoint) {
      const transforms = endpoint.kind === 'route' ? endpoint.declared<HeaderTransforms>(headersKey) : undefined;
      return transforms && compileBoth(endpoint, transforms);
    },
  };
}

function compileBoth(endpoint: Endpoint, { request, response }: HeaderTransforms): PolicySteps | undefined {
  const faults: ConfigurationFault[] = [];
  const edit = (list: HeaderTransforms['request'], answers: boolean, path: string): readonly HeaderEdit[] => {
    try {
      return compileTransforms(list, { endpoint, answers }, path);
    } catch (error) {
      if (!isConfigurationError(error)) throw error;
      faults.push(...policyFaults('headers', error));
      return [];
    }
  };
  const onRequest = edit(request, false, 'request');
  const onAnswer = edit(response, true, 'response');
  if (faults.length > 0) throw new ConfigurationError(faults);
  if (onRequest.length === 0 && onAnswer.length === 0) return undefined;
  return {
    ...(onRequest.length > 0 && {
      inbound(context: RequestContext) {
        const fields = context.forward?.headers;
        if (fields) for (const change of onRequest) change(context, fields);
      },
    }),
    ...(onAnswer.length > 0 && {
      outbound(context: RequestContext, answer: OutgoingAnswer) {
        const fields = new AnswerFields(answer);
        for (const change of onAnswer) change(context, fields);
      },
    }),
  };
}

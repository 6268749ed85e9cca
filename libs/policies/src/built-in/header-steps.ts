import type { Endpoint, PolicySteps } from '@portico/core';
import { AnswerFields } from '../headers/answer-fields.js';
import type { EditPlace, HeaderEdit } from '../headers/header-edit.js';
import type { PolicySection } from '../policy-section.js';
import { requestSteps } from './request-steps.js';

/**
 * The steps of a policy that changes header fields: those of the request in the sections inbound and backend of a route, those of the answer in outbound.
 * Without a section, those of the answer: a decorator stands on an operation, which forwards nothing.
 */
export function headerSteps(endpoint: Endpoint, section: PolicySection | undefined, compile: (place: EditPlace) => HeaderEdit): PolicySteps | undefined {
  if (section === undefined || section === 'outbound') {
    const edit = compile({ endpoint, answers: true });
    return { outbound: (context, answer) => edit(context, new AnswerFields(answer)) };
  }
  return requestSteps(endpoint, section, () => {
    const edit = compile({ endpoint, answers: false });
    return (context, request) => edit(context, request.headers);
  });
}

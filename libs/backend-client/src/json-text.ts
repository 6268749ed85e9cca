import type { RawAnswer } from './http-attempt.js';
import { readNothing } from './read-model.js';
import { invalidAnswer } from './service-error.js';
import type { ServiceCall } from './service-endpoint.js';

const jsonType = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|\s*$)/i;

/**
 * The JSON text of an answer; empty for an endpoint that reads nothing.
 * @throws PorticoError SERVICE_ANSWER_INVALID for an answer that does not say it is JSON
 */
export function jsonTextOf(answer: RawAnswer, call: ServiceCall<unknown>): string {
  const { endpoint } = call;
  if (endpoint.read === readNothing) return '';
  const type = answer.fields.get('content-type');
  if (type !== undefined && jsonType.test(type)) return answer.body.toString('utf8');
  throw invalidAnswer(endpoint.service, `answered with ${type ?? 'no content type'} instead of JSON`);
}

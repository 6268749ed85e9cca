import type { OutgoingAnswer, Policy, RequestContext } from '@portico/core';
import { entityTag, namesTag } from './entity-tag.js';

/**
 * Gives 200 answers of GET and HEAD with a text body an `ETag`, unless they have one, and answers 304 without a body
 * to a request whose `If-None-Match` names it (RFC 9110 13.1.2); ETag, Cache-Control and Vary stay. Stands after `answerCache()`
 * in the outbound section: the tag of a kept answer was computed once, when it was kept.
 */
export function conditional(): Policy {
  return {
    name: 'conditional',
    compile: ({ kind, method }) => (kind === 'operation' && (method === 'GET' || method === 'HEAD') ? { outbound: answerConditionally } : undefined),
  };
}

function answerConditionally(context: RequestContext, answer: OutgoingAnswer): void {
  const { status, body } = answer;
  if (status !== 200 || typeof body !== 'string') return;
  let tag = answer.header('etag');
  if (tag === undefined) {
    // The body of a HEAD may already be gone; its tag would not be that of the GET.
    if (body.length === 0) return;
    tag = entityTag(body);
    answer.setHeader('etag', tag);
  }
  const wanted = context.header('if-none-match');
  if (wanted === undefined || !namesTag(wanted, tag)) return;
  answer.replace(304, '');
  for (const name of ['content-type', 'content-length', 'content-encoding', 'content-language']) answer.removeHeader(name);
}

import { HeaderList, type ForwardRequest, type ServiceAnswer } from '@portico/core';
import type { CachePolicies } from './cache-policy.js';
import { updatedFields } from './kept-fields.js';
import type { KeptRouteAnswer } from './kept-route-answer.js';
import { selectedFields } from './selection.js';
import type { Validators } from './send.js';

/** The conditions by which the service is asked whether `kept` still holds (RFC 9111 4.3.1); undefined when it has no validator, or none counts. */
export function validatorsOf(kept: KeptRouteAnswer, { headers, method }: ForwardRequest, policies: CachePolicies): Validators | undefined {
  if (!kept.policy || method !== 'GET') return undefined;
  const asked = policies.from(kept.policy).revalidationHeaders({ method, headers: selectedFields(headers, kept.vary) });
  const validators = { 'if-none-match': textOf(asked['if-none-match']), 'if-modified-since': textOf(asked['if-modified-since']) };
  return validators['if-none-match'] === undefined && validators['if-modified-since'] === undefined ? undefined : validators;
}

/** Whether a 304 speaks of `kept` (RFC 9111 4.3.4). One without a validator does: it was asked about no other. */
export function confirms(kept: KeptRouteAnswer, { headers: asked, method }: ForwardRequest, { headers }: ServiceAnswer, policies: CachePolicies): boolean {
  const news: Record<string, string> = {};
  for (const name of ['etag', 'last-modified']) {
    const value = headers.get(name);
    if (value !== undefined) news[name] = value;
  }
  if (!kept.policy || Object.keys(news).length === 0) return true;
  return policies.from(kept.policy).revalidatedPolicy({ method, headers: selectedFields(asked, kept.vary) }, { status: 304, headers: news }).matches;
}

/** The kept answer as the 304 `news` confirms it, with what that says anew; also a cookie, which then keeps it from being kept. */
export function confirmed(kept: KeptRouteAnswer, news: ServiceAnswer): ServiceAnswer {
  const headers = new HeaderList(updatedFields(kept.headers, news.headers));
  for (const name of ['set-cookie', 'age']) for (const value of news.headers.all(name)) headers.append(name, value);
  return { status: kept.status, headers, body: kept.body };
}

function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

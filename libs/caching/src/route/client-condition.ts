import type { HeaderList } from '@portico/core';
import { namesTag } from '../entity-tag.js';

/** The conditions of a GET or HEAD, which the cache answers itself: what goes to the service are its own. */
export interface ClientCondition {
  readonly ifNoneMatch: string | undefined;
  readonly ifModifiedSince: string | undefined;
}

/** Reads it from the header fields of a request; undefined when there is none. */
export function clientCondition(headers: HeaderList): ClientCondition | undefined {
  const ifNoneMatch = headers.get('if-none-match');
  const ifModifiedSince = headers.get('if-modified-since');
  return ifNoneMatch === undefined && ifModifiedSince === undefined ? undefined : { ifNoneMatch, ifModifiedSince };
}

/** Whether the client already has the answer with these header fields (RFC 9111 4.3.2, RFC 9110 13.2.2). */
export function clientHasIt({ ifNoneMatch, ifModifiedSince }: ClientCondition, headers: HeaderList): boolean {
  if (ifNoneMatch !== undefined) {
    const tag = headers.get('etag');
    return tag === undefined ? ifNoneMatch.trim() === '*' : namesTag(ifNoneMatch, tag);
  }
  const since = Date.parse(ifModifiedSince ?? '');
  const modified = Date.parse(headers.get('last-modified') ?? '');
  // NaN is neither.
  return modified <= since;
}

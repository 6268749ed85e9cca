import { HeaderList, type RequestContext } from '@portico/core';

/** What is about the aggregate's own answer, of which a part's is only a piece (RFC 9110 12, 13, 14). */
const ofTheWhole = new Set(['accept', 'accept-encoding', 'accept-ranges', 'if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'range', 'te']);
/** What is about a body that does not go along (RFC 9110 8). */
const ofTheBody = new Set(['content-encoding', 'content-language', 'content-length', 'content-location', 'content-type', 'digest', 'content-digest', 'repr-digest', 'trailer']);
const credentials = new Set(['authorization', 'cookie']);

export interface PartHeadersOptions {
  /** Whether the body of the request goes along. */
  readonly body: boolean;
  /** Whether the client's own credentials do. */
  readonly credentials: boolean;
}

/** The header fields that a part's call has of the request for the whole. */
export function partHeaders(request: HeaderList, context: RequestContext, sends: PartHeadersOptions): HeaderList {
  const fields = new HeaderList();
  for (const [name, value] of request) {
    if (ofTheWhole.has(name) || (!sends.body && ofTheBody.has(name))) continue;
    // One that a policy has written is not the client's.
    if (!sends.credentials && credentials.has(name) && String(context.headers[name] ?? '').includes(value)) continue;
    fields.append(name, value);
  }
  fields.append('accept', 'application/json, */*;q=0.1');
  return fields;
}

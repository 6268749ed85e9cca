import type { IncomingMessage } from 'node:http';
import { PorticoError } from '@portico/core';
import type { SingleFields } from './single-fields.js';

/** Most header fields of a request; no client of a BFF comes near. */
const mostFields = 100;

const slash = 0x2f;

/** What is looked at of a request before anything else is. */
export type RawRequest = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'httpVersionMinor'>;

/**
 * Why a request must not be acted upon: two servers could read it differently, or it costs too much to read. Undefined for nearly every one.
 * The connection then closes, for the server before this one may also see another end of the request.
 * @param single the fields that may stand only once
 * @returns PorticoError REQUEST_MALFORMED for a field that repeats and must not, a name with an underscore (many servers take it for a hyphen), a missing Host
 * (RFC 9112 3.2), a target that is no path (RFC 9112 3.2.2) or has a fragment; HEADERS_TOO_LARGE for more than 100 fields
 */
export function requestFault({ method, url, rawHeaders, httpVersionMinor }: RawRequest, single: SingleFields): PorticoError | undefined {
  const target = url as string;
  if (target.charCodeAt(0) !== slash) {
    // RFC 9112 3.2.4 has this one target that is no path.
    if (target !== '*' || method !== 'OPTIONS') return malformed('The target of the request is no path.');
  } else if (target.includes('#')) return malformed('The target of the request has a fragment.');
  if (rawHeaders.length > 2 * mostFields) return new PorticoError('HEADERS_TOO_LARGE', { headers: closing });
  let seen = 0;
  let hasHost = false;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.includes('_')) return malformed('The name of a header field has an underscore.');
    const field = single.find(name);
    if (field === undefined) continue;
    if ((seen & field.bit) !== 0) return malformed(`The header field ${field.name} stands there twice.`);
    seen |= field.bit;
    if (field.name === 'host') hasHost = true;
  }
  if (!hasHost && httpVersionMinor === 1) return malformed('The header field host is missing.');
  return undefined;
}

const closing = { connection: 'close' };

function malformed(detail: string): PorticoError {
  return new PorticoError('REQUEST_MALFORMED', { detail, headers: closing });
}

import type { ForwardRequest, RequestContext } from '@portico/core';
import { digestOf, keyPart } from './selection.js';

/**
 * For whom an answer is that is not for everyone: the caller, together with whatever credential goes to the service, for the
 * service may know somebody by it whom the gateway does not. All that show nothing are one owner, apart from everyone else.
 * Undefined for a caller who has no key: he could not be told from another one.
 */
export function ownerOf({ caller }: RequestContext, { headers }: ForwardRequest): string | undefined {
  if (caller.kind !== 'anonymous' && caller.key === '') return undefined;
  const authorization = headers.get('authorization');
  const cookie = headers.get('cookie');
  if (authorization === undefined && cookie === undefined) return `c${caller.key}`;
  return `d${digestOf(keyPart(caller.key) + keyPart(authorization) + keyPart(cookie))}`;
}

import { PorticoError } from '@portico/core';
import { queryValue } from './query-value.js';

/** Versions of the interface that are spoken. */
export type ApiVersion = '1' | '2022-06-01' | '2022-11-01';

/** Those that a request may name. */
const named: readonly string[] = ['2022-06-01', '2022-11-01'];

/**
 * The version that a request names.
 * @param old whether it came to `/api/v1`, which needs to name none
 * @throws PorticoError `REQUEST_INVALID`
 */
export function apiVersionOf(query: URLSearchParams, old: boolean): ApiVersion {
  if (old) return '1';
  const version = queryValue(query, 'api-version');
  if (version !== undefined && named.includes(version)) return version as ApiVersion;
  throw new PorticoError('REQUEST_INVALID', { faults: [{ path: 'query.api-version', message: `must be one of ${named.join(', ')}` }] });
}

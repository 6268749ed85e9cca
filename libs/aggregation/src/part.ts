import { isPorticoError } from '@portico/core';

/** Why a part has no value. */
export type FailureReason = 'timeout' | 'unavailable' | 'invalid' | 'refused' | 'skipped';

/**
 * What became of an optional part. The value is behind `ok`: an aggregate that forgets that a service may fail does not compile.
 */
export type Part<T> =
  | { readonly ok: true; readonly value: T; readonly source: 'service' | 'stale' }
  | { readonly ok: false; readonly reason: FailureReason };

/** The reason that a failed call's error stands for. */
export function reasonFor(error: unknown): FailureReason {
  switch (isPorticoError(error) ? error.code : undefined) {
    case 'SERVICE_TIMEOUT':
      return 'timeout';
    case 'SERVICE_UNAVAILABLE':
      return 'unavailable';
    case 'SERVICE_ANSWER_INVALID':
      return 'invalid';
    default:
      return 'refused';
  }
}

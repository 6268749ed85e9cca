import { PorticoError, type Fault } from '@portico/core';

/** The refusal of a GraphQL request, with what is wrong with it. */
export function invalidQuery(...faults: readonly Fault[]): PorticoError {
  return new PorticoError('REQUEST_INVALID', { faults });
}

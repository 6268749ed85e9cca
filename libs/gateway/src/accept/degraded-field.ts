import type { DegradedPart } from '@portico/core';

/** Header that names the parts which the answer lacks or has from elsewhere, as `reviews;reason=timeout`. */
export const degradedHeader = 'portico-degraded';

/** The value of that header. */
export function degradedField(parts: readonly DegradedPart[]): string {
  return parts.map(({ part, reason }) => `${part};reason=${reason}`).join(', ');
}

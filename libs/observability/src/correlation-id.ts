import { processIds, type RandomIds } from './random-ids.js';

const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/;

/** The client's correlation id when it is well formed (8 to 128 letters, digits and `._:-`), else a new one of 128 random bits. */
export function acceptCorrelationId(header: string | undefined, ids: RandomIds = processIds): string {
  return header !== undefined && wellFormed.test(header) ? header : ids.correlationId();
}

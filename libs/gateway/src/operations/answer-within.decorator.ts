import { SetMetadata } from '@nestjs/common';

/** Metadata key of `@AnswerWithin()`. */
export const deadlineKey = 'portico:deadline-ms';

/**
 * Sets the deadline of an operation, or of all of a controller's, in ms; `deadline.defaultMs` of the configuration otherwise.
 * A client may ask for less by the header `Portico-Timeout-Ms`, never for more.
 */
export function AnswerWithin(deadlineMs: number): MethodDecorator & ClassDecorator {
  if (!(deadlineMs > 0)) throw new TypeError('A deadline must be above 0 ms');
  return SetMetadata(deadlineKey, deadlineMs);
}

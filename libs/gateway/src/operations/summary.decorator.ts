import { SetMetadata } from '@nestjs/common';

/** Metadata key of `@Summary()`. */
export const summaryKey = 'portico:summary';

/** Says in one line what an operation is for: the summary in the OpenAPI document. */
export function Summary(text: string): MethodDecorator {
  return SetMetadata(summaryKey, text);
}

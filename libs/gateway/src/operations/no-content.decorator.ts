import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';

/** Metadata key of `@NoContent()`. */
export const noContentKey = 'portico:no-content';

/** Declares an operation that answers 204 and no body, whatever the method returns. */
export function NoContent(): MethodDecorator {
  return applyDecorators(SetMetadata(noContentKey, true), HttpCode(204));
}

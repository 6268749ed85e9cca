import { ValidateIf } from 'class-validator';

/** The field may be absent. Unlike class-validator's `@IsOptional()`, it may not be null: a service would then be told to set nothing. */
export function IfPresent(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}

import { ValidateBy, type ValidationOptions } from 'class-validator';
import { parseJsonPath } from '../aggregates/json-path.js';

/** Whether a text is a path into JSON; says what is wrong with it otherwise. An empty one says nothing. */
export function IsJsonPath(options?: ValidationOptions): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    try {
      if (value !== '') parseJsonPath(String(value));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return ValidateBy({ name: 'isJsonPath', validator: { validate: (value) => fault(value) === undefined, defaultMessage: (at) => String(fault(at?.value)) } }, options);
}

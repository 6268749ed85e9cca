import { ValidateBy } from 'class-validator';

/** Whether a text is JSON, single values included. */
export function IsJsonText(): PropertyDecorator {
  const reads = (value: unknown): boolean => {
    try {
      JSON.parse(String(value));
      return true;
    } catch {
      return false;
    }
  };
  return ValidateBy({ name: 'isJsonText', validator: { validate: reads, defaultMessage: () => 'is no JSON' } });
}

import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Holds a setting to what `read` accepts; the message of its TypeError is that of the fault. */
export function isTextThat(name: string, read: (text: string) => void, options?: ValidationOptions): PropertyDecorator {
  const faultOf = (text: unknown): string | undefined => {
    try {
      read(String(text));
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return ValidateBy(
    {
      name,
      validator: { validate: (value) => faultOf(value) === undefined, defaultMessage: (at) => [at?.value].flat().map(faultOf).find(Boolean) ?? 'is not valid' },
    },
    options,
  );
}

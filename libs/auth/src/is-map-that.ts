import { ValidateBy } from 'class-validator';

/** Holds every entry of a map to what `read` accepts; the message of its TypeError, with the name of the entry, is that of the fault. */
export function isMapThat<T>(name: string, read: (key: string, value: T) => void): PropertyDecorator {
  const faultOf = (map: unknown): string | undefined => {
    for (const [key, value] of Object.entries((map ?? {}) as Record<string, T>)) {
      try {
        read(key, value);
      } catch (error) {
        return `${JSON.stringify(key)}: ${(error as Error).message}`;
      }
    }
    return undefined;
  };
  return ValidateBy({ name, validator: { validate: (value) => faultOf(value) === undefined, defaultMessage: (at) => faultOf(at?.value) ?? 'is not valid' } });
}

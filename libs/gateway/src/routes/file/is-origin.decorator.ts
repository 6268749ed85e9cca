import { ValidateBy } from 'class-validator';
import { originFault } from '../upgrade-origin.js';

/** Holds every entry of a list to what `Origin` fields are compared with. */
export function IsOrigin(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => originFault(String(value));
  return ValidateBy(
    { name: 'isOrigin', validator: { validate: (value) => fault(value) === undefined, defaultMessage: (at) => [at?.value].flat().map(fault).find(Boolean) ?? 'is no origin' } },
    { each: true },
  );
}

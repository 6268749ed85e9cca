import { ValidateBy } from 'class-validator';
import { originFault } from '../routes/upgrade-origin.js';

/** Holds every entry of a list to one origin, written as browsers do: `*` would let everybody in, and `null` is what any page can make its origin. */
export function IsExactOrigin(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isExactOrigin',
      validator: {
        validate: (value) => faultOf(value) === undefined,
        defaultMessage: (at) => [at?.value].flat().map(faultOf).find(Boolean) ?? 'is no origin',
      },
    },
    { each: true },
  );
}

function faultOf(value: unknown): string | undefined {
  return value === '*' || value === 'null' ? `${JSON.stringify(value)} is not one origin` : originFault(String(value));
}

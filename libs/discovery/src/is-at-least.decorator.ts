import { ValidateBy } from 'class-validator';

/** Holds a number to at least what the setting `other` of the same class has. */
export function IsAtLeast(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'isAtLeast',
    validator: {
      validate: (value, at) => typeof value === 'number' && value >= Number((at?.object as Record<string, unknown>)[other]),
      defaultMessage: (at) => `${at?.property} must be at least ${other}`,
    },
  });
}

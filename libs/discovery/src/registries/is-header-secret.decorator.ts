import { ValidateBy } from 'class-validator';

/** A secret that is sent in a header field: visible ASCII characters, or nothing. */
export function IsHeaderSecret(): PropertyDecorator {
  return ValidateBy({ name: 'isHeaderSecret', validator: { validate: (value) => typeof value === 'string' && /^[\x21-\x7e]*$/.test(value), defaultMessage: () => 'must be visible ASCII characters' } });
}

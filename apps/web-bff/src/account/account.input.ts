import { PorticoError } from '@portico/core';
import { IfPresent } from '@portico/gateway';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsEmail, IsString, Length, Matches, MaxLength, ValidateNested } from 'class-validator';
import { AddressInput } from './address.input.js';

/** What a customer may change about themselves; what is absent stays. */
export class ChangeAccountInput {
  @IfPresent()
  @IsString()
  @Length(1, 80)
  displayName?: string;

  @IfPresent()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @IfPresent()
  @Matches(/^[a-z]{2}-[A-Z]{2}$/)
  locale?: string;

  @IfPresent()
  @IsBoolean()
  marketingOptIn?: boolean;

  @IfPresent()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique((address: AddressInput) => address.id, { message: 'addresses must have different ids' })
  @ValidateNested({ each: true })
  @Type(() => AddressInput)
  addresses?: AddressInput[];
}

/**
 * Refuses a change that changes nothing.
 * @throws PorticoError REQUEST_INVALID
 */
export function assertChange(input: ChangeAccountInput): void {
  if (Object.values(input).some((value) => value !== undefined)) return;
  throw new PorticoError('REQUEST_INVALID', { faults: [{ path: 'body', message: 'must change something' }] });
}

import { Setting } from '@portico/config';
import { IsBoolean } from 'class-validator';
import { IsAddressEntry } from './is-address-entry.decorator.js';

/** Which addresses an endpoint serves, as the section `addresses` of a route says. */
export class AddressFilterOptions {
  @Setting({ description: 'Addresses that are served, and no other once one is named: addresses, networks (`10.0.0.0/8`, `10.0.0.0/255.0.0.0`), ranges (`10.0.0.1-10.0.0.9`, `10.0.0.1-9`)' })
  @IsAddressEntry()
  allow: string[] = [];

  @Setting({ description: 'Addresses that are refused, also when they are allowed' })
  @IsAddressEntry()
  deny: string[] = [];

  @Setting({ description: 'Whether an allowed address is cut out of the denied ones' })
  @IsBoolean()
  excludeAllowedFromDenied: boolean = false;
}

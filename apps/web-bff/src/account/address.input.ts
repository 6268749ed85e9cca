import { IsString, Length, Matches } from 'class-validator';

/** Where parcels go. */
export class AddressInput {
  @Matches(/^[\w-]{1,40}$/)
  id!: string;

  @IsString()
  @Length(1, 40)
  label!: string;

  @IsString()
  @Length(1, 120)
  name!: string;

  @IsString()
  @Length(1, 120)
  street!: string;

  @IsString()
  @Length(2, 12)
  postalCode!: string;

  @IsString()
  @Length(1, 80)
  city!: string;

  @Matches(/^[A-Z]{2}$/)
  countryCode!: string;
}

import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsEmail, IsOptional, IsString, Length, Matches, MaxLength, ValidateNested } from 'class-validator';

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

/** What a customer may change about themselves; what is absent stays. */
export class ChangeAccountInput {
  @IsOptional()
  @IsString()
  @Length(1, 80)
  displayName?: string;

  @IsOptional()
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @IsOptional()
  @Matches(/^[a-z]{2}-[A-Z]{2}$/)
  locale?: string;

  @IsOptional()
  @IsBoolean()
  marketingOptIn?: boolean;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => AddressInput)
  addresses?: AddressInput[];
}

import { IsIn, IsString, Matches, MaxLength, MinLength } from 'class-validator';

/** Where the order goes, how, and how it is paid. */
export class CheckoutInput {
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  addressId!: string;

  @IsIn(['standard', 'express', 'pickup'])
  shippingOption!: string;

  @Matches(/^[a-z][a-z0-9-]{0,39}$/)
  paymentMethod!: string;
}

import { IsIn, IsOptional, Matches } from 'class-validator';

/** Where the order goes, how, and how it is paid: a phone may leave all of it out. */
export class CheckoutInput {
  /** The account's first address when absent. */
  @IsOptional()
  @Matches(/^[\w-]{1,40}$/)
  addressId?: string;

  @IsIn(['standard', 'express', 'pickup'])
  shippingOption: string = 'standard';

  @Matches(/^[a-z][a-z0-9-]{0,39}$/)
  paymentMethod: string = 'card';
}

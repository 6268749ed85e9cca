import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';

const Address = Type.Object({
  id: Type.String(),
  label: Type.String(),
  name: Type.String(),
  street: Type.String(),
  postalCode: Type.String(),
  city: Type.String(),
  countryCode: Type.String(),
});

/** The caller's own account. */
export const AccountView = defineViewModel(
  'DesktopAccount',
  Type.Object({
    id: Type.String(),
    displayName: Type.String(),
    email: Type.String(),
    locale: Type.String(),
    marketingOptIn: Type.Boolean(),
    loyaltyTier: Type.String(),
    loyaltyPoints: Type.Integer(),
    addresses: Type.Array(Address),
  }),
);

import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';

/** The caller's own account, to look at. */
export const AccountView = defineViewModel(
  'MobileAccount',
  Type.Object({ displayName: Type.String(), email: Type.String(), loyaltyTier: Type.String(), loyaltyPoints: Type.Integer() }),
);

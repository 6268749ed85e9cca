import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from '../products/card.view-model.js';

const Profile = Type.Object({ displayName: Type.String(), loyaltyTier: Type.String(), loyaltyPoints: Type.Integer() });
const Pick = Type.Object({ ...CardView.properties, reason: Type.String() });
const Banner = Type.Object({ id: Type.String(), title: Type.String(), text: Type.String(), imageUrl: Type.String(), link: Type.String() });

/** The first screen: who you are, what you may like, what is in your basket. */
export const HomeView = defineViewModel(
  'WebHome',
  Type.Object({
    profile: Nullable(Profile),
    picks: Type.Array(Pick),
    /** Pieces in the basket; null when it could not be read. */
    basketCount: Nullable(Type.Integer()),
    banners: Type.Array(Banner),
  }),
  { budgetBytes: 24 * 1024 },
);

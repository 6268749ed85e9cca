import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from '../products/card.view-model.js';

const Profile = Type.Object({ displayName: Type.String(), loyaltyTier: Type.String(), loyaltyPoints: Type.Integer() });
const Pick = Type.Object({ ...CardView.properties, reason: Type.String() });
const Banner = Type.Object({ id: Type.String(), title: Type.String(), text: Type.String(), imageUrl: Type.String(), link: Type.String() });
const StockAlert = Type.Object({ productId: Type.String(), name: Nullable(Type.String()), available: Type.Integer(), reorderLevel: Type.Integer() });
const Tiles = Type.Object({
  openOrders: Nullable(Type.Integer()),
  revenueCents: Nullable(Type.Integer()),
  stockAlerts: Nullable(Type.Object({ total: Type.Integer(), items: Type.Array(StockAlert) })),
});

/** The first screen: who you are, what you may like, what is in your basket; and for operators, how the shop does. */
export const HomeView = defineViewModel(
  'DesktopHome',
  Type.Object({
    profile: Nullable(Profile),
    picks: Type.Array(Pick),
    /** Pieces in the basket; null when it could not be read. */
    basketCount: Nullable(Type.Integer()),
    banners: Type.Array(Banner),
    /** Null for who is no operator. */
    tiles: Nullable(Tiles),
  }),
  { budgetBytes: 2 * 1024 * 1024 },
);

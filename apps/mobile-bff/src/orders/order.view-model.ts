import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';

/** What every view of an order begins with. */
export const orderHead = { id: Type.String(), number: Type.String(), status: Type.String(), totalCents: Type.Integer(), currency: Type.String(), placedAt: Type.String() };

/** One order: where it stands, and since when. */
export const OrderView = defineViewModel('MobileOrder', Type.Object({ ...orderHead, timeline: Type.Array(Type.Object({ status: Type.String(), at: Type.String() })) }));

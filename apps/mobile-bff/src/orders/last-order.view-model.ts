import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { orderHead } from './order.view-model.js';

/** The last order and its status; null for who has never ordered. */
export const LastOrderView = defineViewModel('MobileLastOrder', Type.Object({ order: Nullable(Type.Object(orderHead)) }));

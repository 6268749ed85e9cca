import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { orderHead } from './order.view-model.js';

/** A page of the caller's orders, newest first. */
export const OrderListView = defineViewModel(
  'WebOrderList',
  Type.Object({
    total: Type.Integer(),
    page: Type.Integer(),
    pages: Type.Integer(),
    items: Type.Array(Type.Object({ ...orderHead, lineCount: Type.Integer() })),
  }),
);

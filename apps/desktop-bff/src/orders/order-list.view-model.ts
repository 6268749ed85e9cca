import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { orderHead } from './order.view-model.js';

const Row = Type.Object({ ...orderHead, lineCount: Type.Integer(), pieces: Type.Integer() });

/** A stretch of the order table, newest first. */
export const OrderListView = defineViewModel(
  'DesktopOrderList',
  Type.Object({ total: Type.Integer(), limit: Type.Integer(), offset: Type.Integer(), items: Type.Array(Row) }),
  { budgetBytes: 2 * 1024 * 1024 },
);

import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { ProductRowView } from './product-row.view-model.js';

/** A stretch of the product table. */
export const ProductListView = defineViewModel(
  'DesktopProductList',
  Type.Object({ total: Type.Integer(), limit: Type.Integer(), offset: Type.Integer(), items: Type.Array(ProductRowView.schema) }),
  { budgetBytes: 2 * 1024 * 1024 },
);

import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const inventory = defineService('inventory');

const Shelf = Type.Object({ id: Type.String(), name: Type.String(), quantity: Type.Integer() });
const Stock = Type.Object({ productId: Type.String(), available: Type.Integer() });
const WarehouseStock = Type.Object({ available: Type.Integer(), reorderLevel: Type.Integer(), warehouses: Type.Array(Shelf) });
const Alert = Type.Object({ productId: Type.String(), available: Type.Integer(), reorderLevel: Type.Integer() });

/** How many pieces of a product there are. */
export type Stock = Static<typeof Stock>;

export const readStock = inventory.get('/stock/:id', { reads: WarehouseStock });
export const readStocks = inventory.get('/stock', { reads: Type.Object({ items: Type.Array(Stock) }) });
export const readAlerts = inventory.get('/alerts', { reads: Type.Object({ total: Type.Integer(), items: Type.Array(Alert) }) });

const StockAlert = Type.Object({ productId: Type.String(), available: Type.Integer(), reorderLevel: Type.Integer(), at: Type.String() });

/** Products of placed orders that run out. */
export const streamAlerts = inventory.events('/alerts/events', { reads: StockAlert });

import { defineService } from '@portico/backend-client';
import Type from 'typebox';

const inventory = defineService('inventory');

export const readStock = inventory.get('/stock/:id', { reads: Type.Object({ available: Type.Integer() }) });

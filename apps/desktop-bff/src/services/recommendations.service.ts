import { defineService } from '@portico/backend-client';
import Type from 'typebox';

const recommendations = defineService('recommendations');

const Picks = Type.Object({ items: Type.Array(Type.Object({ productId: Type.String(), reason: Type.String() })) });

export const readPicks = recommendations.get('/customers/:id/picks', { reads: Picks, keep: { freshMs: 30_000, staleIfErrorMs: 600_000 } });
export const readRelated = recommendations.get('/products/:id/related', { reads: Picks });

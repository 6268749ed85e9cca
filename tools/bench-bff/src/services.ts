import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const Image = Type.Object({ alt: Type.String(), urls: Type.Object({ w320: Type.String(), w640: Type.String() }) });
const Product = Type.Object({ id: Type.String(), name: Type.String(), brand: Type.String(), images: Type.Array(Image) });
/** What the screens show of a product. */
export type Product = Static<typeof Product>;

const Price = Type.Object({ productId: Type.String(), amountCents: Type.Integer(), currency: Type.String() });
const Review = Type.Object({ rating: Type.Integer(), title: Type.String() });

const catalog = defineService('catalog');
const pricing = defineService('pricing');
const reviews = defineService('reviews');

export const readProduct = catalog.get('/products/:id', { reads: Product });
export const listProducts = catalog.get('/products', { reads: Type.Object({ total: Type.Integer(), items: Type.Array(Product) }) });
export const readPrice = pricing.get('/prices/:id', { reads: Price });
export const readPrices = pricing.get('/prices', { reads: Type.Object({ items: Type.Array(Price) }) });
export const readReviews = reviews.get('/products/:id/reviews', {
  reads: Type.Object({ count: Type.Integer(), average: Type.Number(), items: Type.Array(Review) }),
});

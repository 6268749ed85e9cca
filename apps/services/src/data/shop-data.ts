import { makeCustomers } from './customer.factory.js';
import type { Customer } from './customer.schema.js';
import { makeOrders } from './order.factory.js';
import type { Order } from './order.schema.js';
import { makePicks, makeRelated } from './pick.factory.js';
import type { Pick } from './pick.schema.js';
import { makePrice, makePriceHistory } from './price.factory.js';
import type { Price, PricePoint } from './price.schema.js';
import { categories, makeProducts } from './product.factory.js';
import type { Product } from './product.schema.js';
import { makeRatings, makeReviews, summarize } from './review.factory.js';
import type { Review, ReviewSummary } from './review.schema.js';
import { makeStock } from './stock.factory.js';
import type { Stock } from './stock.schema.js';

/** The seed of a shop that was given none. */
export const defaultSeed = 42;

/** Everything the shop knows at its start; a part is made when it is first asked for, and always the same for one seed. */
export interface ShopData {
  readonly seed: number;
  readonly products: readonly Product[];
  product(id: string): Product | undefined;
  price(productId: string): Price | undefined;
  priceHistory(productId: string): readonly PricePoint[] | undefined;
  stock(productId: string): Stock | undefined;
  reviews(productId: string): readonly Review[] | undefined;
  reviewSummary(productId: string): ReviewSummary | undefined;
  related(productId: string): readonly Pick[] | undefined;
  picks(customerId: string): readonly Pick[] | undefined;
  customers(): readonly Customer[];
  orders(): readonly Order[];
}

/** Lays out the shop of a seed. */
export function createShopData(seed: number = defaultSeed): ShopData {
  const products = makeProducts(seed);
  const byId = new Map(products.map((product) => [product.id, product]));
  const wordsOf = new Map(categories.map((words) => [words.id, words]));
  const perProduct = <T>(make: (product: Product) => T) => remembered((id) => byId.get(id), make);

  const price = perProduct((product) => makePrice(seed, product.id, wordsOf.get(product.category) ?? fail(product)));
  const customers = once(() => makeCustomers(seed));
  const customerById = once(() => new Map(customers().map((customer) => [customer.id, customer])));
  return {
    seed,
    products,
    product: (id) => byId.get(id),
    price,
    priceHistory: perProduct((product) => makePriceHistory(seed, price(product.id) ?? fail(product))),
    stock: perProduct((product) => makeStock(seed, product.id)),
    reviews: perProduct((product) => makeReviews(seed, product.id)),
    reviewSummary: perProduct((product) => summarize(product.id, makeRatings(seed, product.id))),
    related: perProduct((product) => makeRelated(seed, product, products)),
    picks: remembered((id) => customerById().get(id), (customer) => makePicks(seed, customer.id, products)),
    customers,
    orders: once(() => makeOrders(seed, customers(), products.map((product) => ({ product, price: price(product.id) ?? fail(product) })))),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function remembered<K, T>(find: (id: string) => K | undefined, make: (found: K) => T): (id: string) => T | undefined {
  const made = new Map<string, T>();
  return (id) => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const found = find(id);
    if (found === undefined) return undefined;
    const value = make(found);
    made.set(id, value);
    return value;
  };
}

function fail(product: Product): never {
  throw new Error(`no price for ${product.id} of category ${product.category}`);
}

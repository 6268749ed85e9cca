/** How the catalog brings about an order: one of its own, perhaps read from the end. */
export interface CatalogOrder {
  readonly sort: string;
  readonly fromEnd: boolean;
}

const orders: Readonly<Record<string, CatalogOrder>> = {
  name: { sort: 'name', fromEnd: false },
  '-name': { sort: '-name', fromEnd: false },
  price: { sort: 'price', fromEnd: false },
  '-price': { sort: 'price', fromEnd: true },
  rating: { sort: 'rating', fromEnd: true },
  '-rating': { sort: 'rating', fromEnd: false },
  createdAt: { sort: 'newest', fromEnd: true },
  '-createdAt': { sort: 'newest', fromEnd: false },
};

/** The columns by which the table can be sorted, ascending, and with a minus descending. */
export const productSorts: readonly string[] = Object.keys(orders);

/** The catalog's order for one of `productSorts`; undefined for no wish. */
export function catalogOrder(sort: string | undefined): CatalogOrder | undefined {
  return sort === undefined ? undefined : orders[sort];
}

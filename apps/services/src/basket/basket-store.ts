import { maxQuantity, type Basket, type BasketLine } from './basket.schema.js';

/** All baskets, in memory. A refused change leaves the basket as it was. */
export class BasketStore {
  private readonly baskets = new Map<string, Basket>();

  constructor(private readonly now: () => Date) {}

  /** The customer's basket; an empty one of version 0 for whoever has none. */
  get(customerId: string): Basket {
    return this.baskets.get(customerId) ?? { customerId, version: 0, lines: [] };
  }

  /** Adds quantities; undefined, and no change at all, if a line would exceed {@link maxQuantity}. */
  add(customerId: string, added: readonly { readonly productId: string; readonly quantity: number }[]): Basket | undefined {
    const lines = new Map(this.get(customerId).lines.map((line) => [line.productId, line]));
    for (const { productId, quantity } of added) {
      const line = lines.get(productId) ?? { productId, quantity: 0, addedAt: this.now().toISOString() };
      if (line.quantity + quantity > maxQuantity) return undefined;
      lines.set(productId, { ...line, quantity: line.quantity + quantity });
    }
    return this.keep(customerId, [...lines.values()]);
  }

  /** Sets a line's quantity; undefined if there is no such line. */
  change(customerId: string, productId: string, quantity: number): Basket | undefined {
    const { lines } = this.get(customerId);
    if (!lines.some((line) => line.productId === productId)) return undefined;
    return this.keep(customerId, lines.map((line) => (line.productId === productId ? { ...line, quantity } : line)));
  }

  /** Takes a line out; undefined if there is no such line. */
  remove(customerId: string, productId: string): Basket | undefined {
    const { lines } = this.get(customerId);
    const rest = lines.filter((line) => line.productId !== productId);
    return rest.length === lines.length ? undefined : this.keep(customerId, rest);
  }

  /** Empties the basket. */
  clear(customerId: string): Basket {
    return this.keep(customerId, []);
  }

  private keep(customerId: string, lines: readonly BasketLine[]): Basket {
    const basket = { customerId, version: this.get(customerId).version + 1, lines };
    this.baskets.set(customerId, basket);
    return basket;
  }
}

import type { Customer, CustomerPatch } from '../data/customer.schema.js';
import type { ShopData } from '../data/shop-data.js';

/** All customers with what they have changed since the start. */
export class CustomerDirectory {
  private byId: Map<string, Customer> | undefined;

  constructor(private readonly data: ShopData) {}

  /** Undefined for an unknown id. */
  find(id: string): Customer | undefined {
    return this.all().get(id);
  }

  /** Applies a checked patch; undefined for an unknown id. */
  change(id: string, patch: CustomerPatch): Customer | undefined {
    const customer = this.find(id);
    if (!customer) return undefined;
    const changed = { ...customer, ...patch };
    this.all().set(id, changed);
    return changed;
  }

  private all(): Map<string, Customer> {
    return (this.byId ??= new Map(this.data.customers().map((customer) => [customer.id, customer])));
  }
}

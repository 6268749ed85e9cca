import { Injectable } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import type { RequestContext } from '@portico/core';
import type { ViewOf } from '@portico/view-model';
import { productCountAggregate, type Narrowing } from './product-count.aggregate.js';
import { productPageAggregate } from './product-page.aggregate.js';
import type { ProductRowView } from './product-row.view-model.js';
import { catalogOrder } from './product-sort.js';

/** Which rows of the table. */
export interface TableWindow extends Narrowing {
  /** One of `productSorts`. */
  readonly sort?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Rows of the table, and how many there are in all. */
export interface TablePage {
  readonly total: number;
  readonly items: ViewOf<typeof ProductRowView>[];
}

/** The product table, in every order that a column can have: the catalog knows only one direction of most, so the other is read from its end. */
@Injectable()
export class ProductTable {
  constructor(private readonly aggregator: Aggregator) {}

  /** @throws PorticoError of the catalog's failure; what else is missing is null in the rows, and noted in `context.degraded` */
  async page(window: TableWindow, context: RequestContext): Promise<TablePage> {
    const order = catalogOrder(window.sort);
    if (!order?.fromEnd) return this.aggregator.run(productPageAggregate, { ...window, sort: order?.sort }, context);
    const total = await this.aggregator.run(productCountAggregate, window, context);
    const end = total - window.offset;
    if (end <= 0) return { total, items: [] };
    const limit = Math.min(window.limit, end);
    const page = await this.aggregator.run(productPageAggregate, { ...window, sort: order.sort, limit, offset: end - limit }, context);
    return { total: page.total, items: page.items.reverse() };
  }
}

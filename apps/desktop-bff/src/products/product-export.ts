import { Injectable } from '@nestjs/common';
import { PorticoError, type RequestContext } from '@portico/core';
import type { ViewOf } from '@portico/view-model';
import { batchSize } from '../services/batch-size.js';
import type { ProductFilter } from './product.query.js';
import type { ProductRowView } from './product-row.view-model.js';
import { ProductTable, type TablePage } from './product-table.js';

type Row = ViewOf<typeof ProductRowView>;

/** All rows of the product table that match, one page in memory at a time. */
@Injectable()
export class ProductExport {
  constructor(private readonly table: ProductTable) {}

  /**
   * The first page is read before this resolves, so that its failure is an ordinary problem answer, and what it lacks stands in the
   * answer's header. Every other page is read when the rows before it were taken: a client that reads slowly, or has left, asks for nothing.
   *
   * Once rows have left, a failure can only break the stream: the connection is destroyed, which the client sees as an
   * incomplete answer (no last chunk) and never as a shorter export. A page that lacks what the header did not announce breaks it too.
   */
  async rows(filter: ProductFilter, context: RequestContext): Promise<AsyncIterable<Row>> {
    return this.#follow(await this.#page(filter, 0, context), filter, context);
  }

  async *#follow(first: TablePage, filter: ProductFilter, context: RequestContext): AsyncGenerator<Row> {
    const announced = lackingIn(context);
    let page = first;
    for (let offset = batchSize; ; offset += batchSize) {
      yield* page.items;
      if (offset >= page.total || page.items.length === 0) return;
      page = await this.#page(filter, offset, context);
      for (const part of lackingIn(context)) {
        if (!announced.has(part)) throw new PorticoError('SERVICE_UNAVAILABLE', { cause: new Error(`${part} is lacking from row ${offset} on, and the header that would say so has left`) });
      }
    }
  }

  #page(filter: ProductFilter, offset: number, context: RequestContext): Promise<TablePage> {
    return this.table.page({ ...filter, limit: batchSize, offset }, context);
  }
}

/** Names of the parts that failed so far. */
function lackingIn({ degraded = [] }: RequestContext): Set<string> {
  return new Set(degraded.map(({ part }) => part));
}

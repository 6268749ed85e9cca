import { Controller, Get, Param, Query } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import type { RequestContext } from '@portico/core';
import { AnswerWithin, Context, Rows, Summary, View } from '@portico/gateway';
import { Matches } from 'class-validator';
import { productAggregate } from './product.aggregate.js';
import { ProductExport } from './product-export.js';
import { ProductListView } from './product-list.view-model.js';
import { ProductFilter, ProductListQuery } from './product.query.js';
import { ProductRowView } from './product-row.view-model.js';
import { ProductTable } from './product-table.js';
import { ProductView } from './product.view-model.js';

class ProductParams {
  @Matches(/^[\w-]{1,40}$/)
  id!: string;
}

/** An export lasts as long as the client takes to read it; whoever needs longer than this reads no more. */
const exportMs = 600_000;

@Controller('api/products')
@Scopes('shop.read')
export class ProductsController {
  constructor(
    private readonly aggregator: Aggregator,
    private readonly table: ProductTable,
    private readonly everything: ProductExport,
  ) {}

  @Get()
  @Summary('Up to 200 rows of the product table, all columns, sorted')
  @View(ProductListView)
  async list(@Query() query: ProductListQuery, @Context() context: RequestContext) {
    const { limit, offset } = query;
    return { limit, offset, ...(await this.table.page(query, context)) };
  }

  // Stands before `:id`, which would take it for a product. A failure in the middle breaks the stream: see ProductExport.
  @Get('export')
  @AnswerWithin(exportMs)
  @Summary('All rows of the product table that match, as NDJSON or CSV')
  @Rows(ProductRowView)
  export(@Query() filter: ProductFilter, @Context() context: RequestContext) {
    return this.everything.rows(filter, context);
  }

  @Get(':id')
  @Summary('One product: all attributes, price history, warehouse stock, reviews, related products')
  @View(ProductView)
  read(@Param() { id }: ProductParams, @Context() context: RequestContext) {
    return this.aggregator.run(productAggregate, { id }, context);
  }
}

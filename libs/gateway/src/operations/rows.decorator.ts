import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { ViewModel, ViewOf } from '@portico/view-model';
import { HoldRows } from '../answers/held-rows.js';

/** Metadata key of `@Rows()`. */
export const rowsKey = 'portico:rows';

type RowHandler<Row> = (...args: never[]) => AsyncIterable<Row> | Promise<AsyncIterable<Row>>;

/**
 * Declares an operation that streams rows, each trimmed by the row's view model:
 * NDJSON by default, CSV when the client prefers `text/csv`. Memory stays flat however many rows there are.
 * An interceptor that works on the rows themselves stands above this decorator.
 */
export function Rows<V extends ViewModel>(
  row: V,
): <H extends RowHandler<ViewOf<V>>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<H>) => void {
  return applyDecorators(SetMetadata(rowsKey, row), UseInterceptors(HoldRows)) as never;
}

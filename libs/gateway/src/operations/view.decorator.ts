import { SetMetadata } from '@nestjs/common';
import type { ViewModel, ViewOf } from '@portico/view-model';

/** Metadata key of `@View()`. */
export const viewKey = 'portico:view';

type Handler<Result> = (...args: never[]) => Result | Promise<Result> | AsyncIterable<Result>;

/**
 * Declares what an operation answers with. It is at once the OpenAPI schema, the type the method must return and
 * the allow-list that trims the answer; on a method of a hub that streams, each item. An operation without `@View()`, `@Rows()` or `@NoContent()` stops the start.
 */
export function View<V extends ViewModel>(view: V): <H extends Handler<ViewOf<V>>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<H>) => void {
  return SetMetadata(viewKey, view) as never;
}

import { PorticoError } from '@portico/core';
import type { ViewModel } from '@portico/view-model';

/** Trims what a hub's method answers with, by its view model: the result, or each item of a stream. A method without a view model answers nothing. */
export function hubAnswer(name: string, view: ViewModel | undefined, streams: boolean): (answer: unknown) => unknown {
  view?.compile();
  const shaped = (value: unknown): unknown => {
    if (view) return JSON.parse(view.write(value as never));
    if (value === undefined) return undefined;
    throw new PorticoError('VIEW_MODEL_BYPASSED', { cause: new Error(`${name} answers, and declares no @View()`) });
  };
  return streams ? (answer) => shapedItems(answer as AsyncIterable<unknown>, shaped) : shaped;
}

async function* shapedItems(items: AsyncIterable<unknown>, shaped: (item: unknown) => unknown): AsyncGenerator<unknown> {
  for await (const item of items) yield shaped(item);
}

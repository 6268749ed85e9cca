import type { Ask } from './ask.js';

/** Work for a service that is no plain HTTP call, as a SOAP operation. It keeps to `ask.dueAt` and ends when `ask.cancellation` does. */
export interface ServiceTask<T> {
  readonly service: string;
  readonly run: (ask: Ask) => Promise<T>;
}

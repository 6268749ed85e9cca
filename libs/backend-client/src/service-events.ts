import type { Static, TSchema } from 'typebox';
import { readModelOf, type ReadModel } from './read-model.js';

/** A stream of events of a service, as this BFF reads it (server-sent events, WHATWG HTML 9.2). */
export interface ServiceEvents<T> {
  readonly service: string;
  /** Path and query. */
  readonly path: string;
  readonly read: ReadModel<T>;
}

export interface EventsOptions<S extends TSchema> {
  /** What is read of each event's data, which is JSON. */
  readonly reads: S;
}

/** Declares a stream of events. */
export function defineEvents<S extends TSchema>(service: string, path: string, { reads }: EventsOptions<S>): ServiceEvents<Static<S>> {
  return { service, path, read: readModelOf(reads) };
}

import type { Static, TSchema, TVoid } from 'typebox';
import { defineEvents, type EventsOptions, type ServiceEvents } from './service-events.js';
import { defineEndpoint, type EndpointOptions, type ServiceEndpoint } from './service-endpoint.js';

type Define = <Path extends string, S extends TSchema = TVoid>(path: Path, options?: EndpointOptions<S>) => ServiceEndpoint<Path, Static<S>>;

/** A back end by the name under which its instances are configured. */
export interface Service {
  readonly name: string;
  readonly get: Define;
  readonly post: Define;
  readonly put: Define;
  readonly patch: Define;
  readonly delete: Define;
  /** A stream of its events, for `BackendClient.follow`. */
  readonly events: <S extends TSchema>(path: string, options: EventsOptions<S>) => ServiceEvents<Static<S>>;
}

/** Names a back end and declares its endpoints as this BFF uses them: `defineService('catalog').get('/products/:id', { reads })`. */
export function defineService(name: string): Service {
  const define =
    (method: string): Define =>
    (path, options = {}) =>
      defineEndpoint(name, method, path, options);
  return { name, get: define('GET'), post: define('POST'), put: define('PUT'), patch: define('PATCH'), delete: define('DELETE'), events: (path, options) => defineEvents(name, path, options) };
}

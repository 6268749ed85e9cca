import type { ServiceForwarder } from '@portico/backend-client';
import type { RouteTarget } from '@portico/routing';
import type { Binding } from '../operations/binding.js';
import type { RouteDefinition } from './route-definition.js';

/** All that is known of a configured route before the first request comes. */
export interface RouteBinding extends Binding {
  readonly kind: 'route';
  readonly definition: RouteDefinition;
  readonly target: RouteTarget;
  readonly forwarder: Pick<ServiceForwarder, 'send'>;
}

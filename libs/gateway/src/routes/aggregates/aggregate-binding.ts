import type { Binding } from '../../operations/binding.js';
import type { AggregateDefinition } from './aggregate-definition.js';
import type { ConfiguredAggregate } from './configured-aggregate.js';

/** All that is known of a configured aggregate before the first request comes. */
export interface AggregateBinding extends Binding {
  readonly kind: 'aggregate';
  readonly definition: AggregateDefinition;
  readonly aggregate: ConfiguredAggregate;
}

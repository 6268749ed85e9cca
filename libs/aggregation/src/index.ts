export { Aggregate } from './aggregate.js';
export { Aggregator } from './aggregator.js';
export { AggregateBuilder, defineAggregate, type JoinOptions, type OptionalPartOptions, type PartOptions, type Scope } from './define-aggregate.js';
export { Joined } from './joined.js';
export type { FailureReason, Part } from './part.js';

export { Aggregate } from './aggregate.js';
export { Aggregator } from './aggregator.js';
export { AggregateBuilder, defineAggregate } from './define-aggregate.js';
export { Joined } from './joined.js';
export type { JoinOptions, OptionalPartOptions, PartOptions, Scope } from './part-options.js';
export type { FailureReason, Part } from './part.js';

export { Aggregate } from './aggregate.js';
export { Aggregator } from './aggregator.js';
export { AggregateBuilder, defineAggregate } from './define-aggregate.js';
export { dueFractions, type Shared } from './deadline-shares.js';
export { Joined } from './joined.js';
export type { JoinOptions, OptionalPartOptions, PartOptions, Scope } from './part-options.js';
export type { FailureReason, Part } from './part.js';
export type { Batch, CallPlan, EachPlan, JoinPlan, PartPlan, RunScope } from './plan.js';

import type { AggregateBinding } from './aggregates/aggregate-binding.js';
import type { RouteBinding } from './route-binding.js';

/** What stands in the table of a gateway's files: routes and aggregates under one precedence. */
export type TableBinding = RouteBinding | AggregateBinding;

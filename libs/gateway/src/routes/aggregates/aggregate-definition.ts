import type { ErrorCode } from '@portico/core';
import type { ForwardingRules } from '@portico/policies';
import type { RouteConditions } from '@portico/routing';
import type { BodyTemplate } from './body-template.js';
import type { FieldPicker } from './field-picker.js';
import type { PartPath, ValueSource } from './value-source.js';
import type { JsonPath } from './json-path.js';

/** One part of a configured aggregate: a call of a route, or several of them. */
export interface PartDefinition {
  /** Name for other parts, logs and metrics. */
  readonly name: string;
  /** Its key in the answer. */
  readonly key: string;
  /** Name of the route it calls. */
  readonly route: string;
  readonly required: boolean;
  /** Names of the parts that must be there first, those included whose answers it reads. */
  readonly after: readonly string[];
  readonly share: number | undefined;
  readonly when: PartPath | undefined;
  /** JSON text that stands in for a value that is not there. */
  readonly fallback: string | undefined;
  /** Whether an answer of any status is taken. */
  readonly anyStatus: boolean;
  /** Statuses with a meaning for the client, when the part is required. */
  readonly refusals: ReadonlyMap<number, ErrorCode>;
  /** Whether the request's body goes along. */
  readonly body: boolean;
  /** A body of its own. */
  readonly send: BodyTemplate | undefined;
  readonly pick: FieldPicker | undefined;
  /** Placeholders and parameters of its route besides those that the aggregate's match has caught. */
  readonly values: ReadonlyMap<string, ValueSource>;
  readonly each: EachDefinition | undefined;
  readonly join: JoinDefinition | undefined;
}

/** One call for each different value. */
export interface EachDefinition {
  readonly values: PartPath;
  readonly parameter: string;
  /** Whether a single value gives what it brought itself instead of a list. */
  readonly unwrapsOne: boolean;
  readonly maxCalls: number;
}

/** Few calls for many ids. */
export interface JoinDefinition {
  readonly ids: PartPath;
  readonly parameter: string;
  readonly key: JsonPath;
  /** Where the items stand in the answer; undefined: the answer is their list, or has it under `items`. */
  readonly items: JsonPath | undefined;
  readonly chunkSize: number;
  readonly maxCalls: number;
}

/** A configured aggregate, read and validated. */
export interface AggregateDefinition {
  /** Stable name for logs, metrics and keys. */
  readonly name: string;
  readonly conditions: RouteConditions;
  /** What policies look for by `Endpoint.declared`. */
  readonly declared: ReadonlyMap<string, unknown>;
  /** Time for the answer, in ms; undefined: the gateway's default. */
  readonly timeoutMs: number | undefined;
  /** Largest request body, in bytes. */
  readonly maxBodyBytes: number;
  /** Largest answer of a part, in bytes. */
  readonly maxPartBytes: number;
  readonly forwarding: ForwardingRules;
  /** In the order of the answer. */
  readonly parts: readonly PartDefinition[];
  /** Name of the class that makes the answer; undefined: an object of the parts. */
  readonly aggregator: string | undefined;
}

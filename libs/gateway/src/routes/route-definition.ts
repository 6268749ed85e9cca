import type { RouteConditions, RouteTargetOptions } from '@portico/routing';
import type { IssuerOptions } from '@portico/auth';
import type { ServiceEntry } from '@portico/backend-client';
import type { ForwardingRules } from '@portico/policies';
import type { ResilienceSettings } from '@portico/resilience';
import type { OperationScope } from '../operations/operation-scope.js';
import type { AggregateDefinition } from './aggregates/aggregate-definition.js';

/** A configured route, read and validated: what it takes, where it sends to, and what else is said of it. */
export interface RouteDefinition {
  /** Stable name for logs, metrics and keys. */
  readonly name: string;
  readonly conditions: RouteConditions;
  readonly to: RouteTargetOptions & {
    readonly service: string;
    /** Name of one of the services that `service` stands for, with placeholders; empty: `service` is one. */
    readonly member: string;
    /** Upper-case method that is sent; empty: the one that came. */
    readonly method: string;
    /** Host that is sent: the instance's own, or the one that the client named. */
    readonly host: 'service' | 'client';
    /** What stands in place of an instance's own address in an answer's fields, as `https://api.example`; empty: nothing, so that they are relative. Undefined: they stay. */
    readonly publicAddress: string | undefined;
  };
  /** Whether clients may open WebSockets here. */
  readonly websocket: boolean;
  /** Origins whose pages may open them; `*` for all; empty: only those of the host that is asked. */
  readonly origins: readonly string[];
  /** What policies look for by `Endpoint.declared`. */
  readonly declared: ReadonlyMap<string, unknown>;
  /** Time until the answer must begin, in ms; undefined: the gateway's default. */
  readonly timeoutMs: number | undefined;
  /** Longest pause while a body comes from the service, and longest silence of a WebSocket, in ms. */
  readonly idleTimeoutMs: number;
  /** Largest request body, in bytes. */
  readonly maxBodyBytes: number;
  /** Which of the client's fields go along, and how those about forwarding are written. */
  readonly forwarding: ForwardingRules;
  /** A stack of its own around its calls; undefined: the service's. */
  readonly resilience: ResilienceSettings | undefined;
}

/** Everything that the files of a gateway say about routes. */
export interface RouteSet {
  readonly routes: readonly RouteDefinition[];
  /** Answers made of several routes; none by default. */
  readonly aggregates?: readonly AggregateDefinition[];
  readonly settings: RouteSettings;
  /** What they say of the coded operations; nothing by default. */
  readonly operations?: OperationScope | undefined;
  /** Issuers whose tokens routes accept besides those of the gateway's own, by name. */
  readonly issuers: Readonly<Record<string, IssuerOptions>>;
  /** Services that the files declare, besides those of the gateway's configuration. */
  readonly services: Readonly<Record<string, ServiceEntry>>;
}

/** How a whole set of routes answers where nothing else is said. */
export interface RouteSettings {
  /** Answer to a method that no route takes for a path that some route has. */
  readonly wrongMethodStatus: 404 | 405;
  /** Answer when a service did not answer in time. */
  readonly timeoutStatus: 503 | 504;
  /** Answer when a service cannot be reached, or goes away without an answer. */
  readonly unreachableStatus: 502 | 503;
}

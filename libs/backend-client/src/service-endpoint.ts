import type { ErrorCode } from '@portico/core';
import type { Static, TSchema } from 'typebox';
import { compilePath, type PathParams } from './path-template.js';
import { writeQuery, type Query } from './query.js';
import { readModelOf, readNothing, type ReadModel } from './read-model.js';
import { repeatableMethods } from './repeatable-methods.js';

/** How long the answers of an endpoint are kept, and for whom. */
export interface KeepOptions {
  /** An answer younger than this is used instead of a call, in ms. */
  readonly freshMs: number;
  /** An answer younger than this stands in for a failed call where the part allows stale data, in ms; `freshMs` by default. */
  readonly staleIfErrorMs?: number;
  /** Whether the answer depends on who asks. Say `everyone` only if it never does; `caller` by default. */
  readonly by?: 'caller' | 'everyone';
}

export interface EndpointOptions<S extends TSchema> {
  /** What is read of the answer. Absent: the answer's body does not matter. */
  readonly reads?: S;
  /** Keeps answers of a GET. Absent: every call goes to the service. */
  readonly keep?: KeepOptions;
  /** Statuses of the service that mean something to the client, as `{ 404: 'RESOURCE_NOT_FOUND' }`. Others are failures of the service. */
  readonly refusals?: Readonly<Record<number, ErrorCode>>;
  /** Whether a call may be repeated. By default as RFC 9110 9.2.2 has it: all but POST and PATCH. */
  readonly repeatable?: boolean;
}

/** Input of one call: `params` fill the path, `body` is sent as JSON. */
export type CallInput<Path extends string> = {
  readonly query?: Query;
  readonly body?: unknown;
  /** Further header fields, lower-case names. */
  readonly headers?: Readonly<Record<string, string>>;
} & ([PathParams<Path>] extends [never] ? { readonly params?: undefined } : { readonly params: Readonly<Record<PathParams<Path>, string | number>> });

/** One endpoint of a service, as this BFF uses it. */
export interface EndpointFacts<T> {
  readonly service: string;
  readonly method: string;
  readonly template: string;
  readonly read: ReadModel<T>;
  readonly keep: Required<KeepOptions> | undefined;
  readonly refusals: Readonly<Record<number, ErrorCode>>;
  readonly repeatable: boolean;
}

/** One call, ready to be sent: made by calling an endpoint. */
export interface ServiceCall<T> {
  readonly endpoint: EndpointFacts<T>;
  /** Path and query. */
  readonly path: string;
  /** JSON text; undefined when there is no body. */
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
}

/** Makes a call of its endpoint. */
export interface ServiceEndpoint<Path extends string, T> {
  (...input: object extends CallInput<Path> ? [input?: CallInput<Path>] : [input: CallInput<Path>]): ServiceCall<T>;
  readonly facts: EndpointFacts<T>;
}

/** Declares an endpoint. Its path is compiled here, what it reads for its first answer. */
export function defineEndpoint<Path extends string, S extends TSchema>(
  service: string,
  method: string,
  template: Path,
  options: EndpointOptions<S>,
): ServiceEndpoint<Path, Static<S>> {
  if (options.keep && method !== 'GET') throw new TypeError(`${service} ${method} ${template}: only answers to GET can be kept`);
  const facts: EndpointFacts<Static<S>> = {
    service,
    method,
    template,
    read: options.reads ? readModelOf(options.reads) : (readNothing as ReadModel<Static<S>>),
    keep: options.keep && { by: 'caller', staleIfErrorMs: options.keep.freshMs, ...options.keep },
    refusals: options.refusals ?? {},
    repeatable: options.repeatable ?? repeatableMethods.has(method),
  };
  const fill = compilePath(template);
  const make = (input?: CallInput<string>): ServiceCall<Static<S>> => ({
    endpoint: facts,
    path: fill((input?.params ?? {}) as Record<string, string>) + writeQuery(input?.query),
    body: input?.body === undefined ? undefined : JSON.stringify(input.body),
    headers: input?.headers,
  });
  return Object.assign(make as unknown as ServiceEndpoint<Path, Static<S>>, { facts });
}

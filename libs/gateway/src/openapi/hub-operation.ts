import { declaredAccess } from '@portico/auth';
import type { DeclaredHub, DeclaredMethod } from '../hubs/declared-hub.js';
import { hubEventsOf } from '../hubs/hub-events.decorator.js';
import type { BoundHub } from '../operations/bound-hub.js';
import { summaryKey } from '../operations/summary.decorator.js';
import { isInputClass } from './input-schema.js';
import { problem } from './operation-answers.js';
import { primitive } from './operation-input.js';
import { securityOf, type SecurityRequirement } from './operation-security.js';
import type { SchemaComponents } from './schema-components.js';

/** Schema of what a negotiation answers: a connection, or an error. */
export const negotiationSchema = {
  type: 'object',
  properties: {
    negotiateVersion: { type: 'integer' },
    connectionId: { type: 'string' },
    connectionToken: { type: 'string' },
    availableTransports: {
      type: 'array',
      items: { type: 'object', properties: { transport: { type: 'string', enum: ['WebSockets', 'ServerSentEvents', 'LongPolling'] }, transferFormats: { type: 'array', items: { type: 'string', enum: ['Text', 'Binary'] } } } },
    },
    accessToken: { type: 'string' },
    useStatefulReconnect: { type: 'boolean' },
    error: { type: 'string' },
  },
};

const parameters = [
  { name: 'negotiateVersion', in: 'query', required: false, description: 'Since 1 a connection has a token besides its id.', schema: { type: 'integer', minimum: 0, default: 0 } },
  { name: 'useStatefulReconnect', in: 'query', required: false, description: 'Whether the client can take a lost WebSocket up again.', schema: { type: 'boolean', default: false } },
];

const answer = (description: string): object => ({ description, content: { 'application/json': { schema: { $ref: '#/components/schemas/HubNegotiation' } } } });

/** What a hub says in its OpenAPI operation before any input is referred to: the view models keep their names then. */
export interface HubViews {
  readonly answers: ReadonlyMap<DeclaredMethod, object>;
  readonly events: readonly object[];
}

/** Refers to the view models of a hub. */
export function hubViews({ type, methods }: DeclaredHub, components: SchemaComponents): HubViews {
  return {
    answers: new Map(methods.flatMap((method) => (method.view ? [[method, components.view(method.view)] as const] : []))),
    events: hubEventsOf(type).map(({ name, view }) => ({ name, value: components.view(view) })),
  };
}

/** An operation of OpenAPI, of which only this is looked at. */
export interface HubOperation {
  readonly security: readonly SecurityRequirement[];
  readonly [field: string]: unknown;
}

/**
 * The OpenAPI operation of a hub: its negotiation. OpenAPI has no words for what is said on the connection, so the extension `x-hub-methods` lists what clients may call
 * and with which scopes, and `x-hub-events` what they are told.
 */
export function hubOperation({ declared, binding: { endpoint, pipeline } }: BoundHub, { answers, events }: HubViews, components: SchemaComponents): HubOperation {
  const { name, type, methods } = declared;
  const described = methods.map((method) => {
    const { endpoint: own, streams } = method;
    const access = declaredAccess(own);
    const result = answers.get(method);
    return { name: method.name, summary: own.declared<string>(summaryKey), scopes: access?.public === false ? access.scopes : [], arguments: argumentsOf(method, components), ...(result && { [streams ? 'items' : 'result']: result }) };
  });
  return {
    operationId: endpoint.name,
    summary: endpoint.declared<string>(summaryKey) ?? `Connect to the hub ${name}`,
    description: `Grants a connection to the hub, which speaks SignalR's hub protocol at /hubs/${name}, and the ticket for it (accessToken). What clients may call says x-hub-methods, what they are told x-hub-events.`,
    tags: [type.name],
    parameters,
    responses: { 200: answer('A connection, or why there is none'), 503: answer('No connections are taken'), default: problem },
    security: securityOf({ endpoint, pipeline }),
    'x-hub-methods': described,
    'x-hub-events': events,
  };
}

/** The arguments that a client sends, in their order; for a stream that it sends along, what is known of one. */
function argumentsOf({ parameters: filled, types }: DeclaredMethod, components: SchemaComponents): object[] {
  return filled.flatMap((what, index) => {
    if (what === 'call') return [];
    if (what === 'stream') return [{ stream: true }];
    const type = types[index];
    return [isInputClass(type) ? components.input(type) : { type: primitive.get(type) ?? 'string' }];
  });
}

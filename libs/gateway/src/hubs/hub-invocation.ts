import { isPorticoError, type PorticoError } from '@portico/core';
import { HubError, type HubCall, type HubMethodDefinition } from '@portico/realtime';
import type { InputPipe } from '../input/input.pipe.js';
import type { Binding } from '../operations/binding.js';
import type { DeclaredMethod } from './declared-hub.js';
import { hubAnswer } from './hub-answer.js';
import { HubRequest } from './hub-request.js';
import type { InvocationContexts } from './invocation-contexts.js';

export interface InvocationDependencies {
  readonly contexts: InvocationContexts;
  readonly pipe: InputPipe;
}

type Handler = (...args: unknown[]) => unknown;

/** A hub's method behind the gateway's own pipeline: every call passes the same limits and checks as a request of the same caller, and its arguments are validated as a body is. */
export function hubMethod({ name, streams, parameters, types, view, endpoint }: DeclaredMethod, instance: object, binding: Binding, { contexts, pipe }: InvocationDependencies): HubMethodDefinition {
  const handler = (instance as Record<string, Handler>)[name] as Handler;
  const given = parameters.flatMap((what, index) => (what === 'call' ? [] : [{ what, type: types[index] }]));
  const shape = hubAnswer(endpoint.name, view, streams);
  const valuesOf = ({ arguments: sent }: HubCall): unknown[] => {
    if (sent.length > given.length) throw new HubError(`${name} takes ${given.length} arguments, not ${sent.length}`);
    return given.map(({ what, type }, position) => (what === 'stream' ? sent[position] : pipe.transform(sent[position], { type: 'body', metatype: type as never })));
  };
  return {
    name,
    streams,
    streamParameters: given.flatMap(({ what }, position) => (what === 'stream' ? [position] : [])),
    invoke: (call) =>
      contexts.within(call, binding, async (context) => {
        try {
          const pending = binding.pipeline.inbound(context);
          if (pending !== undefined) await pending;
          const values = valuesOf(call);
          const request = new HubRequest(call, context);
          let next = 0;
          return shape(await handler.apply(instance, parameters.map((what) => (what === 'call' ? request : values[next++]))));
        } catch (error) {
          throw isPorticoError(error) && error.status < 500 ? shown(error) : error;
        }
      }),
  };
}

/** What a client may know of what it did wrong: code and sentence of the gateway's table, and the faults of its arguments. */
function shown(error: PorticoError): HubError {
  const faults = (error.faults ?? []).map(({ path, message }) => `${path} ${message}`);
  return Object.assign(new HubError([`${error.code}: ${error.message}`, ...faults].join('; ')), { cause: error });
}

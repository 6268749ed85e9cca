import type { BackEndSpec } from '../vectors/vector.js';
import type { ReceivedCall } from './call-log.js';

/** What a back end answers. */
export interface StubAnswer {
  readonly status: number;
  readonly body: string;
}

/** How a back end behaves. `earlier`: the calls that it received before. */
export type Behaviour = (call: ReceivedCall, earlier: number) => StubAnswer;

const behaviours: Readonly<Record<string, (spec: BackEndSpec) => Behaviour>> = {
  fixed: ({ status = 200, body = '' }) => () => ({ status, body }),
  echoBody: ({ status = 200 }) => ({ body }) => ({ status, body }),
  sequence: ({ responses = [] }) => (_call, earlier) => {
    const { status = 500, body = '' } = responses[Math.min(earlier, responses.length - 1)] ?? {};
    return { status, body };
  },
  byPath: ({ byPath = {} }) => ({ path }) => {
    const { status = 404, body = '' } = (Object.hasOwn(byPath, path) ? byPath[path] : undefined) ?? {};
    return { status, body };
  },
  // To what is no upgrade it has nothing to say.
  wsEcho: ({ status = 200 }) => () => ({ status, body: '' }),
};

/** @throws Error for a behaviour that is not known */
export function behaviourOf(spec: BackEndSpec): Behaviour {
  const make = Object.hasOwn(behaviours, spec.behaviour) ? behaviours[spec.behaviour] : undefined;
  if (!make) throw new Error(`No back end behaves like "${spec.behaviour}"`);
  return make(spec);
}

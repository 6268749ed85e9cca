import type { ForwardRequest, PolicySteps, RequestContext, ServiceAnswer } from '@portico/core';
import { Readable } from 'node:stream';

/** The backend step of one policy. */
export interface BackendStep {
  readonly name: string;
  readonly run: NonNullable<PolicySteps['backend']>;
}

/**
 * Runs the backend steps from `index` on around `send`, the first of them outermost.
 * Rejects with an Error when a policy calls `next` while its earlier call runs, or with a stream that has been read: neither can be sent.
 */
export function runBackend(steps: readonly BackendStep[], index: number, context: RequestContext, request: ForwardRequest, send: () => Promise<ServiceAnswer>): Promise<ServiceAnswer> {
  const step = steps[index];
  if (step === undefined) return send();
  let running = false;
  const ended = (): void => void (running = false);
  const next = (): Promise<ServiceAnswer> => {
    if (running) return misuse(step.name, 'while its earlier call runs');
    if (isSpent(request.body)) return misuse(step.name, 'with a body that has been read: replace it by what is to be sent');
    running = true;
    const call = runBackend(steps, index + 1, context, request, send);
    call.then(ended, ended);
    return call;
  };
  try {
    return step.run(context, request, next);
  } catch (error) {
    return Promise.reject(error);
  }
}

function isSpent(body: ForwardRequest['body']): boolean {
  return body instanceof Readable && (body.readableDidRead || body.destroyed);
}

function misuse(name: string, how: string): Promise<never> {
  return Promise.reject(new Error(`The policy ${name} called next() ${how}`));
}

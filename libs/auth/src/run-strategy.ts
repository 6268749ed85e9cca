import type { Strategy } from 'passport-jwt';
import type { Awaitable } from '@portico/core';

interface Run<T> {
  authenticate(request: unknown): void;
  success(user: T): void;
  fail(reason: unknown): void;
  error(reason: unknown): void;
}

/**
 * Runs a passport strategy for one request without passport's middleware: the three functions that passport would add
 * are given on an object whose prototype is the strategy. The result is no promise when the strategy did not have to wait.
 * @throws whatever the strategy fails with
 */
export function runStrategy<T>(strategy: Strategy, request: unknown): Awaitable<T> {
  let outcome: { readonly user: T } | { readonly reason: unknown } | undefined;
  let wake: (() => void) | undefined;
  const settle = (result: NonNullable<typeof outcome>) => {
    outcome ??= result;
    wake?.();
  };
  const take = (): T => {
    const result = outcome as NonNullable<typeof outcome>;
    if ('user' in result) return result.user;
    throw result.reason;
  };
  const run = Object.create(strategy) as Run<T>;
  run.success = (user) => settle({ user });
  run.fail = (reason) => settle({ reason });
  run.error = (reason) => settle({ reason });
  run.authenticate(request);
  return outcome ? take() : new Promise<void>((resolve) => (wake = resolve)).then(take);
}

import { Cancellation, type Cancellable, type PorticoError, type ServiceEvent } from '@portico/core';
import { ManualClock } from '@portico/core/testing';
import { ServiceExecution, type Failure, type StrategyDependencies } from '../src/index.js';

/** An error that says itself how it is to be classified. */
export class TestFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Partial<Failure> = {}) {
    super('test failure');
    this.failure = { retryable: true, countsAgainstService: true, sent: true, retryAfterMs: undefined, ...failure };
  }
}

const innocent: Failure = { retryable: false, countsAgainstService: false, sent: true, retryAfterMs: undefined };
const guilty: Failure = { retryable: true, countsAgainstService: true, sent: true, retryAfterMs: undefined };

/** What strategies need, with a clock that stands still, chance that is always `chance`, and a list of the events. */
export function dependencies(chance = 0.5) {
  const events: ServiceEvent[] = [];
  const clock = new ManualClock();
  const deps: StrategyDependencies = {
    clock,
    random: () => chance,
    classify: (error) => (error instanceof TestFailure ? error.failure : (error as { code?: string }).code === 'CLIENT_CLOSED' ? innocent : guilty),
    onEvent: (event) => events.push(event),
  };
  return { clock, events, deps };
}

/** A cancellation that knows how many hang on it. */
export class CountedCancellation extends Cancellation {
  readonly #members = new Set<Cancellable>();

  get size(): number {
    return this.#members.size;
  }

  override add(member: Cancellable): void {
    if (!this.cancelled) this.#members.add(member);
    super.add(member);
  }

  override delete(member: Cancellable): void {
    this.#members.delete(member);
    super.delete(member);
  }

  override cancel(reason: PorticoError): void {
    this.#members.clear();
    super.cancel(reason);
  }
}

/** An execution that is due at 10,000 ms and repeatable, unless told otherwise. */
export function execution(facts: Partial<{ dueAt: number; repeatable: boolean; cancellation: Cancellation }> = {}): ServiceExecution<string> {
  return new ServiceExecution('call', { dueAt: 10_000, repeatable: true, cancellation: new Cancellation(), ...facts });
}

/** Work that a test settles by hand; remembers every execution it was given. */
export class HeldWork {
  readonly executions: ServiceExecution<string>[] = [];
  readonly #settles: { resolve: (value: string) => void; reject: (error: unknown) => void }[] = [];

  readonly run = (given: unknown): Promise<string> => {
    this.executions.push(given as ServiceExecution<string>);
    return new Promise((resolve, reject) => this.#settles.push({ resolve, reject }));
  };

  get started(): number {
    return this.executions.length;
  }

  succeed(index: number, value = `value ${index}`): void {
    this.#settles[index]!.resolve(value);
  }

  fail(index: number, error: unknown = new TestFailure()): void {
    this.#settles[index]!.reject(error);
  }
}

/** The error of a promise that must reject. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`expected a rejection, got ${String(value)}`);
    },
    (error: unknown) => error,
  );
}

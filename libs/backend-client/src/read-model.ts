import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/schema';
import { invalidAnswer } from './service-error.js';

/** Turns the text of a service's answer into a value, or fails the part. */
export type ReadModel<T> = (service: string, text: string) => T;

/**
 * What one part reads of a service's answer. The check covers what is named and nothing else:
 * a service may add fields freely, but a wrong type is a failed part and never a failed page.
 * It is compiled for the first answer: a BFF has dozens of them, and its start does not wait for all.
 */
export function readModelOf<S extends TSchema>(schema: S): ReadModel<Static<S>> {
  let check: Validator | undefined;
  return (service, text) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw invalidAnswer(service, 'answered with broken JSON', cause);
    }
    check ??= Compile(schema);
    if (check.Check(value)) return value as Static<S>;
    const [, [first]] = check.Errors(value);
    throw invalidAnswer(service, `answered with a wrong shape at ${first?.instancePath || '/'}: ${first?.message ?? 'unknown'}`);
  };
}

/** Reads nothing: for commands whose answer does not matter. */
export const readNothing: ReadModel<void> = () => undefined;

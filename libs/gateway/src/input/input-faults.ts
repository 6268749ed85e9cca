import type { Fault } from '@portico/core';
import type { ValidationError } from 'class-validator';

/** Flattens class-validator's tree into one fault per broken rule, with a path such as `body.lines[2].quantity`. */
export function faultsOf(errors: readonly ValidationError[], at: string): Fault[] {
  return errors.flatMap((error) => {
    const path = /^\d+$/.test(error.property) ? `${at}[${error.property}]` : `${at}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ path, message }));
    return [...own, ...faultsOf(error.children ?? [], path)];
  });
}

import type { RequestContext } from '@portico/core';
import { parseClaimExpression, type DerivedClaims } from './claim-expression.js';
import { claimText } from './claim-text.js';

/** Whether a request's caller has what is required. */
export type MeetsRequirement = (context: RequestContext) => boolean;

const placeholder = /^\{([A-Za-z_][\w-]*)\}$/;

/**
 * Compiles a required claim: one of its values must be one of `accepted`, of which `{name}` stands for what the route's template caught under that name.
 * Numbers and booleans are compared as text. A placeholder without a value, or with an empty one, is met by nothing.
 * @throws TypeError when the expression is none or nothing is accepted
 */
export function compileRequirement(source: string, accepted: readonly string[], derived?: DerivedClaims): MeetsRequirement {
  const expression = parseClaimExpression(source, derived);
  if (accepted.length === 0) throw new TypeError(`${JSON.stringify(source)} needs a value that is accepted`);
  const names = accepted.flatMap((value) => placeholder.exec(value)?.[1] ?? []);
  const literals = new Set(accepted.filter((value) => !placeholder.test(value)));
  return ({ caller, forward }) => {
    const found = claimText(expression.read(caller.claims));
    if (found === undefined) return expression.optional;
    const meets = (value: string) => literals.has(value) || names.some((name) => value !== '' && forward !== undefined && Object.hasOwn(forward.values, name) && forward.values[name] === value);
    return typeof found === 'string' ? meets(found) : found.some(meets);
  };
}

/** Whether `accepted` compares with what a route's template caught. */
export function comparesWithPath(accepted: readonly string[]): boolean {
  return accepted.some((value) => placeholder.test(value));
}

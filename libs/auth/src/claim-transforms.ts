import type { ForwardRequest } from '@portico/core';
import { headerValue, queryValue } from './claim-encoding.js';
import type { ClaimText } from './claim-text.js';

/** Writes a claim into the request that is about to be sent, undefined where it is missing and may be. Returns what is wrong with one that cannot stand there. */
export type WriteClaim = (forward: ForwardRequest, claim: ClaimText | undefined) => string | undefined;

const fieldName = /^[\w!#$%&'*+.^`|~-]+$/;
const placeholderName = /^[A-Za-z_][\w-]*$/;
// What says how a message is framed, or to whom it goes, is not for a token to say.
const framing = new Set(['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/**
 * Sets a header field to a claim. What the client sent under the name is gone in any case, also where it wrote `_` for `-`, which many services take for the same.
 * @throws TypeError when no claim may be written there
 */
export function claimToHeader(target: string): WriteClaim {
  const name = target.toLowerCase();
  if (!fieldName.test(name)) throw new TypeError(`${JSON.stringify(target)} is no header name`);
  if (framing.has(name)) throw new TypeError(`The header ${name} cannot be set to a claim`);
  const dashed = name.replaceAll('_', '-');
  return ({ headers }, claim) => {
    let variants: string[] | undefined;
    for (const [field] of headers) if (field !== name && field.length === name.length && field.replaceAll('_', '-') === dashed) (variants ??= []).push(field);
    variants?.forEach((field) => headers.delete(field));
    if (claim === undefined) headers.delete(name);
    else headers.set(name, headerValue(claim));
    return undefined;
  };
}

/**
 * Sets a query parameter to a claim, several times for a list, after all others. What the client sent under the name is gone in any case, in whatever case and encoding it wrote the name.
 * @throws TypeError when the name is empty
 */
export function claimToQuery(name: string): WriteClaim {
  if (name === '') throw new TypeError('A query parameter needs a name');
  const own = queryValue(name);
  const folded = name.toLowerCase();
  return (forward, claim) => {
    const kept = forward.query === '' ? [] : forward.query.split('&').filter((pair) => nameOf(pair).toLowerCase() !== folded);
    if (claim !== undefined) for (const value of typeof claim === 'string' ? [claim] : claim) kept.push(`${own}=${queryValue(value)}`);
    forward.query = kept.join('&');
    return undefined;
  };
}

/**
 * Gives a placeholder of the service's path the value of a claim.
 * @throws TypeError when it is no name of a placeholder
 */
export function claimToPath(name: string): WriteClaim {
  if (!placeholderName.test(name) || name === '__proto__') throw new TypeError(`${JSON.stringify(name)} is no name of a placeholder`);
  return (forward, claim) => {
    const value = typeof claim === 'string' ? claim : claim?.length === 1 ? claim[0] : undefined;
    if (value === undefined || value === '') return 'has not exactly one value for the path';
    if (value.split(/[\\/]/).some((segment) => segment === '.' || segment === '..')) return 'would leave its place in the path';
    overridePathValue(forward, name, value);
    return undefined;
  };
}

/** Replaces what the route's template caught. The path is built from the values after the inbound section. */
export function overridePathValue(forward: ForwardRequest, name: string, value: string): void {
  (forward.values as Record<string, string>)[name] = value;
}

function nameOf(pair: string): string {
  const end = pair.indexOf('=');
  const name = (end < 0 ? pair : pair.slice(0, end)).replaceAll('+', ' ');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

import type { RequestContext } from '@portico/core';
import { addressGroup } from './address-group.js';

/** Reads one part of a key; undefined when the request lacks it. */
export type ReadKeyPart = (context: RequestContext) => string | undefined;

/** A compiled template: its texts, and between them what a request puts there. */
export interface KeyTemplate {
  /** One more than there are parts. */
  readonly texts: readonly string[];
  readonly parts: readonly ReadKeyPart[];
  /** Names of the parts as they are written. */
  readonly names: readonly string[];
}

const placeholder = /\{([^{}]*)\}/g;
const member = /^(header|value|claim)\.(.+)$/;
const fieldName = /^[\w!#$%&'*+.^`|~-]+$/;

/** The caller's key; of who is anonymous the address, after a sign that no caller's key begins with. */
export const callerKey: ReadKeyPart = ({ caller, address }) => (caller.kind === 'anonymous' ? `@${addressGroup(address)}` : caller.key);

const simple: Readonly<Record<string, ReadKeyPart>> = {
  caller: callerKey,
  'caller.id': ({ caller }) => caller.id || undefined,
  client: ({ caller }) => caller.clientId || undefined,
  address: ({ address }) => addressGroup(address),
  route: ({ endpoint }) => endpoint.name,
  method: ({ method }) => method,
};

/**
 * Compiles a key like `{caller}:{header.x-tenant}:{value.id}`. Placeholders: `caller`, `caller.id` (its id alone), `client` (its OAuth client), `address`, `route`, `method`,
 * `header.<name>` as received, `value.<name>` that the route's template caught, `claim.<name>` of the caller.
 * @throws TypeError that names what is wrong
 */
export function compileKeyTemplate(template: string): KeyTemplate {
  const texts: string[] = [];
  const names: string[] = [];
  let end = 0;
  for (const found of template.matchAll(placeholder)) {
    texts.push(template.slice(end, found.index));
    names.push(found[1] as string);
    end = found.index + found[0].length;
  }
  texts.push(template.slice(end));
  if (texts.some((text) => /[{}]/.test(text))) throw new TypeError(`${JSON.stringify(template)} has a brace without its partner`);
  if (names.length === 0) throw new TypeError(`${JSON.stringify(template)} has no placeholder`);
  return { texts, names, parts: names.map(partOf) };
}

/** Reads a header as received. */
export function headerPart(name: string): ReadKeyPart {
  const field = name.toLowerCase();
  if (!fieldName.test(field)) throw new TypeError(`${JSON.stringify(name)} is no header name`);
  return (context) => context.header(field) || undefined;
}

function partOf(name: string): ReadKeyPart {
  const known = Object.hasOwn(simple, name) ? simple[name] : undefined;
  if (known) return known;
  const [, kind, key = ''] = member.exec(name) ?? [];
  if (kind === 'header') return headerPart(key);
  if (kind === 'value') return ({ forward }) => (forward && Object.hasOwn(forward.values, key) ? forward.values[key] : undefined) || undefined;
  if (kind === 'claim') return ({ caller }) => (Object.hasOwn(caller.claims, key) ? textOf(caller.claims[key]) : undefined);
  throw new TypeError(`{${name}} is no part of a key`);
}

function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' ? claim || undefined : typeof claim === 'number' || typeof claim === 'boolean' ? String(claim) : undefined;
}

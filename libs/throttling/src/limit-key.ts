import { hash } from 'node:crypto';
import { PorticoError, type RequestContext } from '@portico/core';
import { addressGroup } from './address-group.js';
import { AddressSet, canonicalAddress } from './address-set.js';
import { callerKey, compileKeyTemplate, headerPart, type KeyTemplate, type ReadKeyPart } from './key-template.js';
import type { LimitKeyOptions } from './limit-key.options.js';

// Keys are kept: nobody fills the memory with long ones.
const longestKept = 128;

interface Key {
  /** What the request is counted under; undefined when it lacks a part. */
  readonly read: ReadKeyPart;
  /** The same as a configuration writes it. */
  readonly written: ReadKeyPart;
  /** The parts that may be missing, by name. */
  readonly parts: Readonly<Record<string, ReadKeyPart>>;
}

/**
 * Compiles what the requests of a limit are counted under. It gives undefined for a request that is not counted: one that the list lets through,
 * or one that lacks its key where that is allowed. Otherwise a missing key is refused with REQUEST_INVALID, or TOKEN_MISSING where the caller is what lacks.
 * @throws TypeError when the options contradict each other
 */
export function compileLimitKey(options: LimitKeyOptions): (context: RequestContext) => string | undefined {
  const { missingKey } = options;
  const key = keyOf(options);
  const letsThrough = listOf(options, key);
  const { read } = key;
  return (context) => {
    if (letsThrough?.(context)) return undefined;
    const found = read(context);
    if (found === undefined) return missingKey === 'allow' ? undefined : missingKey === 'address' ? `@${addressGroup(context.address)}` : refuse(context, key);
    const kept = found.length > longestKept ? hash('sha256', found, 'base64') : found;
    // The sign keeps a client from writing an address into its header.
    return missingKey === 'address' ? `=${kept}` : kept;
  };
}

function keyOf({ by, header }: LimitKeyOptions): Key {
  if (by.includes('{')) return templateKey(compileKeyTemplate(by));
  if (by === 'caller') return { read: callerKey, written: callerKey, parts: {} };
  if (by === 'address') return { read: ({ address }) => addressGroup(address), written: ({ address }) => address, parts: {} };
  if (by === 'route') return { read: () => '', written: () => '', parts: {} };
  if (by !== 'header') throw new TypeError(`A limit cannot count by ${JSON.stringify(by)}`);
  const read = headerPart(header);
  return { read, written: read, parts: { [`header.${header.toLowerCase()}`]: read } };
}

function templateKey({ texts, parts, names }: KeyTemplate): Key {
  const write = (context: RequestContext, lengths: number[] | undefined): string | undefined => {
    let key = texts[0] as string;
    for (let index = 0; index < parts.length; index++) {
      const value = (parts[index] as ReadKeyPart)(context);
      if (value === undefined) return undefined;
      lengths?.push(value.length);
      key += value + (texts[index + 1] as string);
    }
    // The lengths keep apart what the values would run together: a:b and c, a and b:c.
    return lengths === undefined ? key : `${key}\0${lengths.join()}`;
  };
  const written: ReadKeyPart = (context) => write(context, undefined);
  return { read: parts.length === 1 ? written : (context) => write(context, []), written, parts: Object.fromEntries(names.map((name, index) => [name, parts[index] as ReadKeyPart])) };
}

function listOf({ by, allow }: LimitKeyOptions, { written }: Key): ((context: RequestContext) => boolean) | undefined {
  if (allow.length === 0) return undefined;
  if (by === 'route') throw new TypeError('A limit by route has one key for all: its list lets nobody through');
  const listed = new Set(allow);
  if (by === 'caller') return ({ caller }) => caller.kind !== 'anonymous' && (listed.has(caller.id) || listed.has(caller.key));
  if (by !== 'address') return (context) => listed.has(written(context) ?? '');
  const addresses = new AddressSet(allow);
  return ({ address }) => {
    const canonical = canonicalAddress(address);
    return canonical !== undefined && addresses.has(canonical);
  };
}

function refuse(context: RequestContext, { parts }: Key): never {
  const name = Object.keys(parts).find((part) => (parts[part] as ReadKeyPart)(context) === undefined) ?? '';
  if (/^(?:caller|client|claim)/.test(name) && context.caller.kind === 'anonymous') throw new PorticoError('TOKEN_MISSING', { headers: { 'www-authenticate': 'Bearer' } });
  throw new PorticoError('REQUEST_INVALID', { faults: [{ path: name, message: 'is needed here: requests are counted by it' }] });
}

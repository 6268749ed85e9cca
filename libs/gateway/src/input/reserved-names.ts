import type { Fault } from '@portico/core';

const inherited: object = Object.prototype;

const none: readonly Fault[] = [];

/** Whether every object has a member of this name: no input class declares such a field, and one that is set would pass for the object's own. */
export function isReserved(name: string): boolean {
  return name in inherited;
}

/**
 * The faults of an input that has fields of reserved names, at any depth: class-transformer drops them and class-validator takes them for known ones.
 * A body has few levels (`takeJson`), a query one.
 */
export function reservedNameFaults(value: unknown, at: string): readonly Fault[] {
  if (typeof value !== 'object' || value === null) return none;
  let faults = none;
  for (const name of Object.keys(value)) {
    const child = (value as Record<string, unknown>)[name];
    if (isReserved(name)) faults = [...faults, { path: pathOf(value, at, name), message: `property ${name} should not exist` }];
    else if (typeof child === 'object' && child !== null) faults = [...faults, ...reservedNameFaults(child, pathOf(value, at, name))];
  }
  return faults;
}

function pathOf(value: object, at: string, name: string): string {
  return Array.isArray(value) ? `${at}[${name}]` : `${at}.${name}`;
}

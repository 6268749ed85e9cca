import 'reflect-metadata';
import { Injectable } from '@nestjs/common';

const key = 'portico:hub';
const hubName = /^[A-Za-z][\w-]{0,127}$/;

/**
 * Makes a provider a hub, at `/hubs/<name>`: its methods that `@HubMethod()` or `@HubStream()` opens can be called by clients. Who may connect and call says `@Scopes()` or `@Public()`,
 * on the class for all of it, on a method for that one. A method `connected(connection)` is called before the first call of a connection, and `disconnected(connection, error)` once after the last.
 * @throws TypeError when the name is none
 */
export function Hub(name: string): ClassDecorator {
  if (!hubName.test(name)) throw new TypeError(`Not a name for a hub: ${JSON.stringify(name)}`);
  return (target) => {
    Injectable()(target);
    Reflect.defineMetadata(key, name, target);
  };
}

/** Name of the hub that a class is; undefined when it is none. */
export function hubNameOf(target: object): string | undefined {
  return Reflect.getOwnMetadata(key, target) as string | undefined;
}

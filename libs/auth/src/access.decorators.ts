import 'reflect-metadata';
import { SetMetadata } from '@nestjs/common';
import type { Endpoint } from '@portico/core';

/** Who may use an operation, as `@Public()` or `@Scopes()` declares it. */
export type Access = { readonly public: true } | { readonly public: false; readonly scopes: readonly string[] };

/** Key under which an endpoint says who may use it. */
export const accessKey = 'portico:access';
/** Key under which an endpoint says whether it serves client applications. */
export const clientsKey = 'portico:allow-clients';
/** What a scope may consist of (RFC 6749 3.3). It is written into a header as it stands. */
export const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Opens an operation, or every operation of a controller, to callers without a credential. A credential that is sent must be valid all the same. */
export function Public(): MethodDecorator & ClassDecorator {
  return declareAccess({ public: true });
}

/**
 * Opens an operation, or every operation of a controller, to users whose token has all of `scopes`; without a name, to every authenticated user.
 * What the handler declares replaces what its controller declares.
 * @throws TypeError when a name is no scope token (RFC 6749 3.3)
 */
export function Scopes(...scopes: string[]): MethodDecorator & ClassDecorator {
  for (const scope of scopes) if (!scopeToken.test(scope)) throw new TypeError(`Not a scope: ${JSON.stringify(scope)}`);
  return declareAccess({ public: false, scopes: Object.freeze([...scopes]) });
}

/** Opens an operation with `@Scopes()` to client applications that act for no user too (client credentials); by default they are refused. */
export function AllowClients(): MethodDecorator & ClassDecorator {
  return SetMetadata(clientsKey, true);
}

/** What is declared for `endpoint`; undefined when nothing is. For use at start. */
export function declaredAccess(endpoint: Endpoint): Access | undefined {
  return endpoint.declared<Access>(accessKey);
}

/** Whether `endpoint` serves client applications that act for no user. For use at start. */
export function allowsClients(endpoint: Endpoint): boolean {
  return endpoint.declared<boolean>(clientsKey) === true;
}

// One key for both decorators, so that the handler's word always outranks its controller's, whichever of the two each used.
function declareAccess(access: Access): MethodDecorator & ClassDecorator {
  const declare = SetMetadata(accessKey, Object.freeze(access));
  return (target: object, property?: string | symbol, descriptor?: PropertyDescriptor) => {
    const bearer: object = descriptor ? (descriptor.value as object) : target;
    if (Reflect.hasOwnMetadata(accessKey, bearer)) throw new TypeError(`Access to ${nameOf(bearer)} is declared twice`);
    if (property === undefined || !descriptor) declare(target as never);
    else declare(target, property, descriptor);
  };
}

function nameOf(bearer: object): string {
  return (bearer as { name?: string }).name ?? 'a handler';
}

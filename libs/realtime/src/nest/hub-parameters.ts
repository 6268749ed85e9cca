import 'reflect-metadata';

const key = 'portico:hub-parameters';

/** What fills a parameter of a hub's method: an argument of the client, a stream that it sends along, or the call itself. */
export type HubParameter = 'argument' | 'stream' | 'call';

/** Fills a parameter with the `HubCall`: who calls, and when it is given up. It is no argument of the client. */
export function Call(): ParameterDecorator {
  return declare('call');
}

/** Fills a parameter with a stream that the client sends along, an `AsyncIterable`. */
export function StreamParam(): ParameterDecorator {
  return declare('stream');
}

/** What fills the parameters of a method, in their order. */
export function hubParametersOf(prototype: object, method: string): readonly HubParameter[] {
  const declared = (Reflect.getMetadata(key, prototype, method) ?? {}) as Record<number, HubParameter>;
  const { length } = (prototype as Record<string, (...args: unknown[]) => unknown>)[method] as { length: number };
  const count = Math.max(length, ...Object.keys(declared).map((index) => Number(index) + 1));
  return Array.from({ length: count }, (_, index) => declared[index] ?? 'argument');
}

function declare(what: HubParameter): ParameterDecorator {
  return (prototype, method, index) => {
    const declared = (Reflect.getOwnMetadata(key, prototype, method as string) ?? {}) as Record<number, HubParameter>;
    Reflect.defineMetadata(key, { ...declared, [index]: what }, prototype, method as string);
  };
}

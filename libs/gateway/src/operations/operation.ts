import type { Endpoint } from '@portico/core';
import type { ViewModel } from '@portico/view-model';
import { noContentKey } from './no-content.decorator.js';
import { rowsKey } from './rows.decorator.js';
import { viewKey } from './view.decorator.js';

type Method = (...args: unknown[]) => unknown;

/** A coded endpoint as its decorators declare it. */
export class Operation {
  readonly controller: abstract new (...args: never[]) => unknown;
  readonly methodName: string;
  readonly handler: Method;

  constructor(controller: Operation['controller'], methodName: string) {
    this.controller = controller;
    this.methodName = methodName;
    this.handler = (controller.prototype as Record<string, Method>)[methodName] as Method;
  }

  /** As `ProductController.read`. */
  get name(): string {
    return `${this.controller.name}.${this.methodName}`;
  }

  get view(): ViewModel | undefined {
    return this.declared(viewKey);
  }

  get rows(): ViewModel | undefined {
    return this.declared(rowsKey);
  }

  get noContent(): boolean {
    return this.declared(noContentKey) ?? false;
  }

  /** What a decorator declared on the method, or else on its controller. */
  declared<T>(key: string): T | undefined {
    return (Reflect.getMetadata(key, this.handler) ?? Reflect.getMetadata(key, this.controller)) as T | undefined;
  }

  /** The operation as policies see it, once its place is known. */
  endpoint(method: string, path: string): Endpoint {
    return { kind: 'operation', name: this.name, method, path, declared: (key) => this.declared(key) };
  }
}

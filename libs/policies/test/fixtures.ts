import { HeaderList, type Endpoint, type ForwardRequest, type OutgoingAnswer, type RequestContext, type RequestFacts, type ServiceAnswer } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { ConfigurationError } from '@portico/config';
import type { ConfiguredPolicy, PolicyClass } from '../src/configured/configured-policy.js';
import { policyOptions } from '../src/configured/policy-options.js';
import { policyTypeOf } from '../src/configured/policy-type.decorator.js';
import type { PolicySection } from '../src/policy-section.js';

/** Nothing in these specs is injected. */
export function resolve(): never {
  throw new Error('nothing to resolve');
}

/** A configured route as policies see it. */
export function route(declared: Readonly<Record<string, unknown>> = {}, path = '/images/{id}/{rest*}'): Endpoint {
  return { kind: 'route', name: 'images', method: 'GET', path, declared: <T>(key: string) => declared[key] as T | undefined };
}

/** A coded operation as policies see it. */
export function operation(declared: Readonly<Record<string, unknown>> = {}): Endpoint {
  return { kind: 'operation', name: 'ImageController.read', method: 'GET', path: '/images/:id', declared: <T>(key: string) => declared[key] as T | undefined };
}

/** What a route is about to send. */
export function forward(given: Partial<ForwardRequest> = {}): ForwardRequest {
  return { service: 'images', method: 'GET', path: '/files/7', query: '', headers: new HeaderList(), values: { id: '7', rest: 'a/b' }, body: undefined, serviceBaseUrl: undefined, ...given };
}

/** The context of a request to a configured route. */
export function routeContext(request: ForwardRequest = forward(), facts: Partial<RequestFacts> = {}): RequestContext {
  const context = testContext({ headers: { host: 'shop.example' }, ...facts });
  context.forward = request;
  return context;
}

/** A service's answer. */
export function serviceAnswer(given: Partial<ServiceAnswer> = {}): ServiceAnswer {
  return { status: 200, headers: new HeaderList(), body: Buffer.from('done'), ...given };
}

/** An answer on its way out. */
export class TestAnswer implements OutgoingAnswer {
  status = 200;
  body: string | Buffer | undefined;
  readonly headers: HeaderList;

  constructor(headers: Iterable<readonly [string, string]> = [], body: string | undefined = 'done') {
    this.headers = new HeaderList(headers);
    this.body = body;
  }

  header(name: string): string | undefined {
    return this.headers.get(name);
  }

  headerValues(name: string): readonly string[] {
    return this.headers.all(name);
  }

  setHeader(name: string, value: string): void {
    this.headers.set(name, value);
  }

  appendHeader(name: string, value: string): void {
    this.headers.append(name, value);
  }

  setStatus(status: number): void {
    this.status = status;
  }

  removeHeader(name: string): void {
    this.headers.delete(name);
  }

  replace(status: number, body: string | Buffer): void {
    this.status = status;
    this.body = body;
  }
}

/** The steps of a policy with these options, in a section of a route. */
export function stepsOf<O extends object>(type: PolicyClass<O>, options: object, section: PolicySection | undefined, endpoint: Endpoint = route()) {
  const policy = new (type as new () => ConfiguredPolicy)();
  return policy.compile(policyOptions(policyTypeOf(type as PolicyClass).options, options), endpoint, resolve, section);
}

/** The faults with which a call throws, each as `path: message`. */
export function faultsOf(call: () => unknown): string[] {
  try {
    call();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

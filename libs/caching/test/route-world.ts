import { Readable } from 'node:stream';
import { anonymousCaller, HeaderList, noEndpoint, silentTelemetry, type Caller, type Endpoint, type ForwardRequest, type Policy, type RequestContext, type Resolve, type ServiceAnswer } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { MemoryRouteEntries, routeCache, RouteCacheOptions, RouteCacheStore, type MemoryRouteEntriesOptions, type RouteEntries } from '../src/index.js';

/** What the service of a test answers. */
export interface Made {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer | Readable;
}

/** A request of a test, as inbound policies have left it. */
export interface Asking {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly service?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller?: Caller;
  readonly host?: string;
  readonly body?: string | Readable;
  readonly deadlineMs?: number;
  /** One answer, or what the service does. */
  readonly made?: Made | ((sent: ForwardRequest) => Promise<Made>);
}

/** An answer as the client gets it. */
export interface Got {
  readonly status: number;
  readonly text: string;
  readonly headers: HeaderList;
  /** `Cache-Status` without the name of the cache. */
  readonly did: string | undefined;
}

export const user = (key: string): Caller => ({ ...anonymousCaller, kind: 'user', id: key, key });

/** One route behind `routeCache()`, its service and its clock. */
export class RouteWorld {
  readonly clock: ManualClock;
  readonly entries: MemoryRouteEntries;
  readonly store: RouteCacheStore;
  readonly events: string[] = [];
  /** Header fields of each request that reached the service. */
  readonly sent: Record<string, string>[] = [];
  readonly endpoint: Endpoint;
  readonly #steps: ReturnType<Policy['compile']>;

  /** @param shared the clock of several worlds, and where this one keeps its answers instead of in `entries` */
  constructor(options: Partial<RouteCacheOptions> = {}, further: Readonly<Record<string, unknown>> = {}, bounds: Partial<MemoryRouteEntriesOptions> = {}, shared?: { readonly clock: ManualClock; readonly entries: RouteEntries }) {
    this.clock = shared?.clock ?? new ManualClock();
    this.entries = new MemoryRouteEntries({ clock: this.clock, ...bounds });
    this.store = new RouteCacheStore(shared?.entries ?? this.entries, this.clock);
    const declared: Record<string, unknown> = { 'portico:cache': Object.assign(new RouteCacheOptions(), options), ...further };
    this.endpoint = { ...noEndpoint, kind: 'route', name: 'products', declared: <T>(key: string) => declared[key] as T | undefined };
    this.#steps = routeCache().compile(this.endpoint, (() => this.store) as unknown as Resolve);
  }

  get calls(): number {
    return this.sent.length;
  }

  context(asking: Asking = {}): RequestContext {
    const { caller = anonymousCaller, host = 'shop.example', deadlineMs, method = 'GET' } = asking;
    const telemetry = { ...silentTelemetry, serviceEvent: (service: string, event: string) => void this.events.push(`${service} ${event}`) };
    const context = testContext({ clock: this.clock, method, headers: { host, ...asking.headers }, endpoint: this.endpoint, telemetry, ...(deadlineMs !== undefined && { deadlineMs }) });
    context.caller = caller;
    return context;
  }

  /** The answer as the policy leaves it, its body not yet read. */
  open(asking: Asking = {}, context = this.context(asking)): Promise<ServiceAnswer> {
    const { body, made } = asking;
    const request: ForwardRequest = {
      service: asking.service ?? 'catalog',
      method: context.method,
      path: asking.path ?? '/products/1',
      query: asking.query ?? '',
      headers: new HeaderList(Object.entries(asking.headers ?? {})),
      values: {},
      body: typeof body === 'string' ? Buffer.from(body) : body,
      serviceBaseUrl: undefined,
    };
    context.forward = request;
    const next = async (): Promise<ServiceAnswer> => {
      this.sent.push(Object.fromEntries(request.headers));
      const number = this.sent.length;
      const answer = typeof made === 'function' ? await made(request) : (made ?? {});
      return serviceAnswer({ body: `answer ${number}`, ...answer });
    };
    return this.#steps?.backend?.(context, request, next) ?? next();
  }

  async ask(asking: Asking = {}, context?: RequestContext): Promise<Got> {
    const { status, headers, body } = await this.open(asking, context);
    const text = Buffer.isBuffer(body) ? body.toString() : (await body.toArray()).join('');
    return { status, text, headers, did: headers.get('cache-status')?.replace(/^portico; /, '') };
  }
}

function serviceAnswer({ status = 200, headers = {}, body = '' }: Made): ServiceAnswer {
  const fields = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one as string]));
  return { status, headers: new HeaderList(fields), body: typeof body === 'string' ? Buffer.from(body) : body };
}

import type { Endpoint, RequestContext } from '@portico/core';

/** Reads the value of a placeholder from a request. */
export type PlaceholderReader = (context: RequestContext) => string;

export interface PlaceholderOptions {
  /** Public base URL of the gateway for `{BaseUrl}`, or how a request shows it. Default: `http://` and the host that the client named. */
  readonly baseUrl?: string | PlaceholderReader | undefined;
  /** Placeholders of the team, by name. */
  readonly custom?: Readonly<Record<string, PlaceholderReader>> | undefined;
}

/** Key under which an endpoint declares the gateway's `Placeholders`; without it, the defaults hold. */
export const placeholdersKey = 'portico:placeholders';
/** Key under which a route declares the names that its match binds; without it, those of its path template hold. */
export const matchValuesKey = 'portico:match-values';

const clientHost: PlaceholderReader = (context) => context.header('host') ?? '';

const ofRequests: Readonly<Record<string, PlaceholderReader>> = {
  RemoteIpAddress: (context) => context.address,
  TraceId: (context) => context.trace.traceId,
  ClientHost: clientHost,
  'caller.id': (context) => context.caller.id,
  'request.id': (context) => context.id,
};

const ofAnswers: Readonly<Record<string, PlaceholderReader>> = { ServiceBaseUrl: serviceBaseUrl };

/** The placeholders that values in a configuration may hold, besides those of the route's match. */
export class Placeholders {
  readonly #readers: ReadonlyMap<string, PlaceholderReader>;

  /** @throws TypeError when a placeholder of the team has a name that is taken, or none that can stand between braces */
  constructor({ baseUrl = (context) => `http://${clientHost(context)}`, custom = {} }: PlaceholderOptions = {}) {
    const readers = new Map(Object.entries(ofRequests)).set('BaseUrl', baseUrlReader(baseUrl));
    for (const [name, reader] of Object.entries(custom)) {
      if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new TypeError(`Not a name for a placeholder: ${JSON.stringify(name)}`);
      if (readers.has(name) || Object.hasOwn(ofAnswers, name) || name.startsWith('value.')) throw new TypeError(`The placeholder {${name}} exists already`);
      readers.set(name, reader);
    }
    this.#readers = readers;
  }

  /**
   * What `{name}` stands for at `endpoint`; undefined when it is unknown there. A value of the match gives way to a placeholder of the same name;
   * `{value.name}` always means the match.
   * @param answers whether a service has answered already: only then there is `{ServiceBaseUrl}`
   */
  reader(name: string, endpoint: Endpoint, answers: boolean): PlaceholderReader | undefined {
    const known = this.#readers.get(name) ?? (answers && Object.hasOwn(ofAnswers, name) ? ofAnswers[name] : undefined);
    if (known) return known;
    const value = name.startsWith('value.') ? name.slice('value.'.length) : name;
    return matchValues(endpoint).includes(value) ? (context) => context.forward?.values[value] ?? '' : undefined;
  }

  /** What may stand between braces at `endpoint`, for faults. */
  namesAt(endpoint: Endpoint, answers: boolean): readonly string[] {
    return [...matchValues(endpoint), ...this.#readers.keys(), ...(answers ? Object.keys(ofAnswers) : [])];
  }
}

const defaults = new Placeholders();

/** The placeholders that hold for `endpoint`. */
export function placeholdersOf(endpoint: Endpoint): Placeholders {
  return endpoint.declared<Placeholders>(placeholdersKey) ?? defaults;
}

function baseUrlReader(baseUrl: string | PlaceholderReader): PlaceholderReader {
  if (typeof baseUrl === 'function') return (context) => withoutSlash(baseUrl(context));
  const fixed = withoutSlash(baseUrl);
  return () => fixed;
}

/** Base URL of the service that answered, without a slash at its end; empty when none has. */
export function serviceBaseUrl({ forward }: RequestContext): string {
  return withoutSlash(forward?.serviceBaseUrl ?? '');
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}

function matchValues(endpoint: Endpoint): readonly string[] {
  if (endpoint.kind !== 'route') return [];
  return endpoint.declared<readonly string[]>(matchValuesKey) ?? Array.from(endpoint.path.matchAll(/\{([^{}*]+)\*?\}/g), (match) => match[1] as string);
}

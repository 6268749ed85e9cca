import type { JsonObject } from './json.js';

/** What a client's template of Ocelot says, as conditions of a route. */
export interface ClientTemplate {
  readonly path: string;
  /** Conditions on parameters, by name. */
  readonly query: Readonly<Record<string, string>>;
  readonly trailingSlash: 'exact' | 'optional';
  /** Whether it is `/{x}` alone, which Ocelot ranks below everything. */
  readonly catchAll: boolean;
  /** Names of the placeholders for the path and for single parameters. */
  readonly names: readonly string[];
  /** Names of the placeholders that stand for the whole rest of the query. */
  readonly restOfQuery: readonly string[];
  /** What Ocelot takes besides, and a template of ours does not. */
  readonly narrower: string | undefined;
}

const placeholder = /\{([^{}]*)\}/g;
const wholeMember = /^\{([^{}]*)\}$/;

/** Names of the placeholders of a template, in order, with repetitions. */
export function placeholderNames(template: string): string[] {
  return [...template.matchAll(placeholder)].map(([, name]) => name as string);
}

/**
 * Reads a template. Before a `?` each placeholder takes one segment or a piece of one; without a `?` those behind the last slash also take nothing, and further segments;
 * a `?` makes a slash before it optional.
 */
export function readClientTemplate(template: string): ClientTemplate {
  const mark = template.indexOf('?');
  const written = mark < 0 ? template : template.slice(0, mark);
  const members = mark < 0 ? [] : template.slice(mark + 1).split('&').filter((member) => member !== '');
  const restOfQuery = members.flatMap((member) => wholeMember.exec(member)?.[1] ?? []);
  const query = Object.fromEntries(members.filter((member) => !wholeMember.test(member)).map(pairOf));
  const slashes = written.length > 1 && written.endsWith('/');
  const path = slashes ? written.slice(0, -1) : written;
  const names = [...placeholderNames(written), ...Object.values(query).flatMap(placeholderNames)];
  const shared = { query, names, restOfQuery, catchAll: mark < 0 && /^\/\{[^{}]*\}$/.test(template) };
  if (mark >= 0 || slashes) return { ...shared, path, trailingSlash: path === '/' ? 'exact' : 'optional', narrower: undefined };
  return { ...shared, ...lastSegment(path), trailingSlash: 'exact' };
}

function lastSegment(path: string): { path: string; narrower: string | undefined } {
  const start = path.lastIndexOf('/') + 1;
  const last = path.slice(start);
  const names = placeholderNames(last);
  if (names.length === 0) return { path, narrower: undefined };
  const rest = last.endsWith('}') && names.length === 1;
  return {
    path: rest ? `${path.slice(0, -1)}*}` : path,
    narrower: rest ? undefined : 'in the last segment Ocelot lets these placeholders be empty and take further segments; here each takes a piece of one segment',
  };
}

function pairOf(member: string): [name: string, value: string] {
  const equals = member.indexOf('=');
  return equals < 0 ? [member, ''] : [member.slice(0, equals), member.slice(equals + 1)];
}

/** The service's path, without the members of its query that stand for the client's whole query: that is kept anyway. */
export function servicePath(template: string, { restOfQuery }: Pick<ClientTemplate, 'restOfQuery'>): string {
  const mark = template.indexOf('?');
  if (mark < 0) return template;
  const members = template.slice(mark + 1).split('&').filter((member) => member !== '' && !restOfQuery.includes(wholeMember.exec(member)?.[1] ?? ''));
  return members.length === 0 ? template.slice(0, mark) : `${template.slice(0, mark)}?${members.join('&')}`;
}

/** What becomes of the client's query and of a slash at the path's end, as Ocelot has it. */
export function targetRules(template: string, path: string, client: ClientTemplate, headerNames: readonly string[]): JsonObject {
  const hasQuery = template.includes('?');
  const named = client.names.length + client.restOfQuery.length + headerNames.length > 0;
  return {
    query: 'keep',
    omit: named || hasQuery ? (hasQuery ? 'named' : 'named-any-case') : undefined,
    trailingSlash: !hasQuery && /[^/]\/$|\}$/.test(path) ? 'request' : undefined,
  };
}

import type { ClientTemplate } from './client-template.js';
import type { Findings } from './findings.js';
import { compact, type JsonObject } from './json.js';
import { names } from './names.js';
import type { Section } from './section.js';

const headerPlaceholder = /\{header:(.*?)\}/gi;
// What an unescaped expression may do that a literal does not.
const expression = /[\\^$*+?()[\]|]/;

/** Names of the placeholders in the header templates of a route. */
export function headerPlaceholders(route: Section): string[] {
  return route.pairs(names.clientHeaders).flatMap(([, value]) => [...value.matchAll(headerPlaceholder)].map(([, name]) => name as string));
}

/** The conditions of a route or an aggregate; `methods` in the words of the file. */
export function matchOf(route: Section, template: ClientTemplate, methods: readonly string[], priority: number, findings: Findings): JsonObject {
  const host = route.text(names.clientHost) ?? '';
  if (/:\d+$/.test(host)) findings.note('changed', route.pathOf(names.clientHost), 'with a port Ocelot takes it for no request at all; here the client has to name host and port');
  if (template.narrower !== undefined) findings.note('changed', route.pathOf(names.clientPath), template.narrower);
  const headers = route.pairs(names.clientHeaders).map(([name, value]): [string, string] => {
    if (expression.test(value.replace(headerPlaceholder, ''))) findings.note('changed', `${route.pathOf(names.clientHeaders)}.${name}`, 'Ocelot reads it as a regular expression; here it is literal text');
    return [name.toLowerCase(), value.replace(headerPlaceholder, '{$1}')];
  });
  return compact({
    path: template.path,
    methods: methods.length > 0 ? methods.map((method) => method.trim().toUpperCase()) : undefined,
    host: host || undefined,
    headers: headers.length > 0 ? Object.fromEntries(headers) : undefined,
    query: Object.keys(template.query).length > 0 ? template.query : undefined,
    caseSensitive: !template.catchAll && (route.flag('RouteIsCaseSensitive') ?? false),
    trailingSlash: template.trailingSlash,
    priority,
  });
}

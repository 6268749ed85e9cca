import { CompiledRoute } from '../src/compiled-route.js';
import { requestPath } from '../src/request-path.js';
import type { RouteConditions, RouteRequest } from '../src/route-conditions.js';
import { RouteTable } from '../src/route-table.js';

/** A route that is known by its path, or by the name given. */
export function route(conditions: Partial<RouteConditions> & { path: string }, name = conditions.path): CompiledRoute<string> {
  return new CompiledRoute({ methods: [], host: '', headers: {}, query: {}, caseSensitive: true, trailingSlash: 'exact', priority: 0, ...conditions }, name);
}

export function table(...routes: (string | (Partial<RouteConditions> & { path: string; name?: string }))[]): RouteTable<string> {
  return new RouteTable(routes.map((given) => (typeof given === 'string' ? route({ path: given }) : route(given, given.name))));
}

export function request(target: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}): RouteRequest {
  const [path = '', query = ''] = target.split('?', 2);
  return { method, path: requestPath(path), query, host: headers.host, header: (name) => headers[name] };
}

/** Name of the route that is taken and what it caught, as `name a=1 b=2`; or why there is none. */
export function found(routes: RouteTable<string>, target: string, options?: Parameters<typeof request>[1]): string {
  const finding = routes.find(request(target, options));
  if (finding.kind === 'none') return 'none';
  if (finding.kind === 'method') return `only ${finding.methods.join(',')}`;
  return [finding.entry, ...finding.captures.map(({ name, raw }) => `${name}=${raw ?? '(left out)'}`)].join(' ');
}

import type { Capture } from './captures.js';
import { CompiledRoute } from './compiled-route.js';
import { precedence } from './precedence.js';
import type { RouteConditions, RouteRequest } from './route-conditions.js';
import { RouteTrie } from './route-trie.js';

/** What a table says of a request. */
export type RouteFinding<T> =
  | { readonly kind: 'route'; readonly entry: T; readonly captures: readonly Capture[] }
  /** Only the method keeps it from being taken; `methods` would do. */
  | { readonly kind: 'method'; readonly methods: readonly string[] }
  | { readonly kind: 'none' };

/** Why a route was or was not taken, for people. */
export interface RouteVerdict<T> {
  readonly entry: T;
  readonly conditions: RouteConditions;
  /** `taken`; `outranked` by the one that was; or the first condition that was not met. */
  readonly verdict: 'taken' | 'outranked' | 'path' | 'host' | 'header' | 'query' | 'method';
}

const nothing = Object.freeze({ kind: 'none' });

/** An immutable set of routes, compiled: finds the one that a request takes, in a time that does not grow with their number. */
export class RouteTable<T> {
  /** In the order in which they are tried. */
  readonly routes: readonly CompiledRoute<T>[];
  readonly #trie = new RouteTrie<T>();

  constructor(routes: readonly CompiledRoute<T>[]) {
    this.routes = [...routes].sort(precedence);
    for (const [rank, route] of this.routes.entries()) {
      route.rank = rank;
      this.#trie.add(route);
    }
  }

  find(request: RouteRequest): RouteFinding<T> {
    const segments = request.path.slice(1).split('/');
    const { method } = request;
    let taken: CompiledRoute<T> | undefined;
    let others: Set<string> | undefined;
    this.#trie.visit(foldedOf(request.path, segments), 0, Infinity, (route) => {
      if (!route.fits(segments) || route.failure(request) !== undefined) return false;
      if (route.takesMethod(method)) {
        taken = route;
        return true;
      }
      others ??= new Set();
      for (const other of route.conditions.methods) others.add(other);
      return false;
    });
    if (taken) return { kind: 'route', entry: taken.entry, captures: taken.capture(request, segments) };
    return others ? { kind: 'method', methods: [...others].sort() } : nothing;
  }

  /** What each route says of a request, in the order in which they are tried. */
  explain(request: RouteRequest): RouteVerdict<T>[] {
    const segments = request.path.slice(1).split('/');
    const reached = new Set<CompiledRoute<T>>();
    this.#trie.visit(foldedOf(request.path, segments), 0, Infinity, (route) => {
      if (route.fits(segments)) reached.add(route);
      return false;
    });
    let taken = false;
    return this.routes.map((route) => {
      const { entry, conditions } = route;
      const failure = reached.has(route) ? (route.failure(request) ?? (route.takesMethod(request.method) ? undefined : 'method')) : 'path';
      const verdict = failure ?? (taken ? 'outranked' : 'taken');
      if (failure === undefined) taken = true;
      return { entry, conditions, verdict };
    });
  }
}

function foldedOf(path: string, segments: readonly string[]): readonly string[] {
  const folded = path.toLowerCase();
  return folded === path ? segments : folded.slice(1).split('/');
}

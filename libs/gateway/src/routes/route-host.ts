import { PorticoError } from '@portico/core';
import { requestPath, type Capture, type RouteRequest } from '@portico/routing';
import type { IncomingMessage } from 'node:http';
import type { MethodTable } from '../operations/method-table.js';
import type { RouteSnapshot } from './route-snapshot.js';
import type { TableBinding } from './table-binding.js';
import { AggregatedRequest } from './aggregates/aggregated-request.js';
import type { MatchedRequest } from './matched-request.js';
import { RoutedRequest } from './routed-request.js';

/** Answers whose routes are asked for: the configured ones, as they are at this moment. */
export class RouteHost {
  readonly #methods: MethodTable;
  #snapshot: RouteSnapshot;

  /** @param methods what the coded operations take */
  constructor(snapshot: RouteSnapshot, methods: MethodTable) {
    this.#snapshot = snapshot;
    this.#methods = methods;
  }

  /** The routes that count now. */
  get snapshot(): RouteSnapshot {
    return this.#snapshot;
  }

  /** From the next request on other routes count; those under way end with the ones that they began with. */
  swap(snapshot: RouteSnapshot): void {
    this.#snapshot = snapshot;
  }

  /** The route or aggregate that a request takes, or the refusal that it gets: REQUEST_MALFORMED, ROUTE_NOT_FOUND or METHOD_NOT_ALLOWED. */
  find(incoming: IncomingMessage): MatchedRequest | PorticoError {
    const url = incoming.url as string;
    const mark = url.indexOf('?');
    const query = mark < 0 ? '' : url.slice(mark + 1);
    let path: string;
    try {
      path = requestPath(mark < 0 ? url : url.slice(0, mark));
    } catch (error) {
      return error as PorticoError;
    }
    const finding = this.#snapshot.table.find(new IncomingRoute(incoming, path, query));
    if (finding.kind === 'route') return matched(finding.entry, finding.captures, path, query);
    const methods = [...new Set([...(finding.kind === 'method' ? finding.methods : []), ...this.#methods.allowed(url)])].sort();
    if (methods.length === 0 || this.#snapshot.settings.wrongMethodStatus === 404) return new PorticoError('ROUTE_NOT_FOUND');
    return new PorticoError('METHOD_NOT_ALLOWED', { headers: { allow: methods.join(', ') } });
  }
}

function matched(binding: TableBinding, captures: readonly Capture[], path: string, query: string): MatchedRequest {
  return binding.kind === 'route' ? new RoutedRequest(binding, captures, path, query) : new AggregatedRequest(binding, captures, path, query);
}

class IncomingRoute implements RouteRequest {
  readonly path: string;
  readonly query: string;
  readonly #incoming: IncomingMessage;

  constructor(incoming: IncomingMessage, path: string, query: string) {
    this.#incoming = incoming;
    this.path = path;
    this.query = query;
  }

  get method(): string {
    return this.#incoming.method as string;
  }

  get host(): string | undefined {
    return this.#incoming.headers.host;
  }

  header(name: string): string | undefined {
    // Node drops the second line of some fields; a condition sees every one.
    return this.#incoming.headersDistinct[name]?.join(',');
  }
}

/** What a request is addressed to, known at start: an operation, a configured route, or nothing. Policies are compiled against it. */
export interface Endpoint {
  /**
   * `operation`: coded in a controller. `route`: configured, forwarded to a service without code. `system`: health, metrics, documentation. `identity`: signing in and out.
   * `negotiation`: asks for a connection to a hub, or opens a WebSocket for one at once. `connection`: carries one, and is known by the ticket that the negotiation gave. `invocation`: calls a hub's method on one.
   * `none`: no endpoint has this address.
   */
  readonly kind: 'operation' | 'route' | 'system' | 'identity' | 'negotiation' | 'connection' | 'invocation' | 'none';
  /** Stable low-cardinality name for logs and metrics, as `ProductController.read`. */
  readonly name: string;
  /** Upper-case method; empty for `none` and for a route, which may take several. */
  readonly method: string;
  /** Path template, as `/api/products/:id`; empty for `none`. */
  readonly path: string;
  /** What a decorator declared under `key` on the handler, or else on its controller; for a route, what its configuration says. For use at start, not per request. */
  declared<T>(key: string): T | undefined;
}

/** Stands for every address that nothing is bound to. */
export const noEndpoint: Endpoint = Object.freeze({ kind: 'none', name: 'none', method: '', path: '', declared: () => undefined });

/** What the calls to one service occupy right now. Read when somebody asks; nothing is counted for it. */
export interface ServiceLoad {
  readonly service: string;
  /** Connections that are open. */
  readonly connections: number;
  /** Calls that are on a connection. */
  readonly inFlight: number;
  /** Calls that wait for a connection. */
  readonly waiting: number;
  /** Instances that get calls, and those that are left out: ejected, or found unhealthy. */
  readonly instances: { readonly available: number; readonly leftOut: number };
  /** Circuit breakers by state. A service has one, and one more for each route with settings of its own. */
  readonly breakers: { readonly closed: number; readonly 'half-open': number; readonly open: number };
}

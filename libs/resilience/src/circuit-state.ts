/** Calls go through. */
export interface ClosedCircuit {
  readonly kind: 'closed';
}

/** Calls are refused until the monotonic moment `until`. */
export interface OpenCircuit {
  readonly kind: 'open';
  readonly until: number;
}

/** So many trials may still start; the circuit closes when enough have succeeded. */
export interface HalfOpenCircuit {
  readonly kind: 'half-open';
  trialsLeft: number;
  succeeded: number;
}

/** What a circuit breaker is at one moment. A call that ends after the state has changed no longer counts. */
export type CircuitState = ClosedCircuit | OpenCircuit | HalfOpenCircuit;

/** Decides when a circuit opens, by what it is told while the circuit is closed. */
export interface OpeningRule {
  succeeded(): void;
  /** Counts a failure; true when the circuit must open now. */
  failed(): boolean;
  /** Begins anew: the circuit has closed. */
  reset(): void;
}

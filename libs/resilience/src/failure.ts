/** What an error of a service call means to the strategies. */
export interface Failure {
  /** Another attempt may succeed. */
  readonly retryable: boolean;
  /** The service is to blame: the circuit breaker counts it. When it is not, but the call was sent, the service is taken to be well. */
  readonly countsAgainstService: boolean;
  /** The service may have seen the call. False only when it certainly has not: then even a call that is not repeatable may be tried again. */
  readonly sent: boolean;
  /** How long the service asked to be left alone (`Retry-After`, RFC 9110 section 10.2.3), in ms. */
  readonly retryAfterMs: number | undefined;
}

/** Decides what counts as failure. Injected, so that the strategies know no HTTP. Must not throw. */
export type ClassifyFailure = (error: unknown) => Failure;

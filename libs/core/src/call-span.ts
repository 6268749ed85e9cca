/** The place of a part, or of an attempt at a service call, in the trace of a sampled request. It is there before what it measures begins, so that others can hang under it. */
export interface CallSpan {
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  /** What it hangs under; undefined: the request's own span. */
  readonly parent: CallSpan | undefined;
  /** For the call that is made under it (W3C Trace Context). */
  readonly traceparent: string;
}

/** Decides which new traces are recorded. */
export interface TraceSampler {
  /** @param traceId 32 lower-case hex digits */
  shouldSample(traceId: string): boolean;
}

/**
 * Records a fraction of all traces. Decides from the trace id alone, by the rule of OpenTelemetry's `TraceIdRatioBased`
 * sampler for JavaScript, so that every process with the same ratio decides alike.
 */
export class RatioSampler implements TraceSampler {
  readonly #bound: number;

  /** @param ratio 0 (none) to 1 (all) */
  constructor(ratio: number) {
    this.#bound = ratio >= 1 ? 0x1_0000_0000 : ratio > 0 ? Math.floor(ratio * 0xffff_ffff) : 0;
  }

  shouldSample(traceId: string): boolean {
    if (this.#bound === 0) return false;
    let folded = 0;
    for (let at = 0; at < 32; at += 8) folded ^= parseInt(traceId.slice(at, at + 8), 16);
    return folded >>> 0 < this.#bound;
  }
}

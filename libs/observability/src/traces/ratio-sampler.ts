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
    // The four numbers of eight digits folded into one: the digits that stand eight apart meet in the same place.
    for (let at = 0; at < 8; at++) folded = (folded << 4) | (digit(traceId, at) ^ digit(traceId, at + 8) ^ digit(traceId, at + 16) ^ digit(traceId, at + 24));
    return folded >>> 0 < this.#bound;
  }
}

/** The value of a lower-case hex digit: 0 to 9 stand at 48, a to f at 97. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}

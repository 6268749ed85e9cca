/** Upper bounds of the duration buckets in ms: OpenTelemetry's advice for HTTP durations. */
export const boundsMs: readonly number[] = [5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000];

/** How often each duration occurred. Recording allocates nothing. */
export class DurationSeries {
  /** One count per bound, and a last one for what is above all. */
  readonly counts = new Float64Array(boundsMs.length + 1);
  sumMs = 0;
  count = 0;

  record(durationMs: number): void {
    let bucket = 0;
    while (bucket < boundsMs.length && durationMs > boundsMs[bucket]!) bucket++;
    this.counts[bucket]! += 1;
    this.sumMs += durationMs;
    this.count++;
  }
}

import { DurationSeries } from './duration-series.js';

/** Label values by the first digit of a status; `none` when no status came. */
export const statusClasses = ['none', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** Durations by status class; a class exists from its first occurrence. */
export class StatusDurations {
  readonly byClass: (DurationSeries | undefined)[] = statusClasses.map(() => undefined);

  record(status: number, durationMs: number): void {
    const index = status >= 100 && status < 600 ? Math.trunc(status / 100) : 0;
    (this.byClass[index] ??= new DurationSeries()).record(durationMs);
  }
}

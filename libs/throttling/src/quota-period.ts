import type { QuotaOptions } from './quota.options.js';

/** A stretch of time, in ms since the Unix epoch; its end does not belong to it. */
export interface QuotaPeriod {
  readonly startMs: number;
  readonly endMs: number;
}

const dayMs = 86_400_000;

/** The period that a moment lies in. */
export function quotaPeriod({ period, windowMs }: Pick<QuotaOptions, 'period' | 'windowMs'>, epochMs: number): QuotaPeriod {
  if (period === 'month') {
    const date = new Date(epochMs);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    return { startMs: Date.UTC(year, month), endMs: Date.UTC(year, month + 1) };
  }
  const length = period === 'day' ? dayMs : windowMs;
  const startMs = Math.floor(epochMs / length) * length;
  return { startMs, endMs: startMs + length };
}

/** The longest that a period can be, in ms. */
export function longestPeriodMs({ period, windowMs }: Pick<QuotaOptions, 'period' | 'windowMs'>): number {
  return period === 'month' ? 31 * dayMs : period === 'day' ? dayMs : windowMs;
}

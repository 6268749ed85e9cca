import { between, type Ranges } from './option-ranges.js';

/** When a slow attempt gets a rival. Off unless it is configured. */
export class HedgeOptions {
  /** Milliseconds after which the second attempt starts; `p95` (default) takes the observed latency that 95 % of the attempts stay under. */
  readonly delayMs: number | 'p95' = 'p95';
  /** Second attempts allowed, in percent of the calls of the last 10 seconds. Default 5. */
  readonly budgetPercent: number = 5;

  static readonly ranges: Ranges<HedgeOptions> = { delayMs: { ...between(1, 60_000), or: 'p95' }, budgetPercent: between(0.1, 100) };
}

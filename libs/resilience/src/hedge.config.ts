import { Option } from './option.decorator.js';
import { between, declareRange } from './option-ranges.js';

/** When a slow attempt gets a rival. Off unless it is configured. */
export class HedgeOptions {
  /** Milliseconds after which the second attempt starts; `p95` (default) takes the observed latency that 95 % of the attempts stay under. */
  readonly delayMs: number | 'p95' = 'p95';

  @Option({ description: 'Second attempts allowed, in percent of the calls of the last 10 seconds', unit: '%', range: between(0.1, 100) })
  readonly budgetPercent: number = 5;
}

declareRange(HedgeOptions.prototype, 'delayMs', { ...between(1, 60_000), or: 'p95' });

import { Option } from './option.decorator.js';
import { between } from './option-ranges.js';

/** How long one attempt may take. */
export class AttemptTimeoutOptions {
  @Option({ description: 'Time for one attempt; what is left until the call is due holds too', unit: 'ms', range: between(1, 3_600_000) })
  readonly timeoutMs: number = 1_000;
}

import { Setting } from '@portico/config';
import { IsInt, IsNumber, Max, Min } from 'class-validator';
import { IsAtLeast } from './is-at-least.decorator.js';

/** When an instance that fails is left out for a while. */
export class EjectionOptions {
  /** Failures in a row that eject an instance. Default 5. */
  @Setting({ description: 'Failures in a row that eject an instance', unit: 'failures' })
  @IsInt()
  @Min(1)
  readonly consecutiveFailures: number = 5;

  /** How long an instance is left out to which no connection can be opened, each time, in ms. Default 1000; 0: that is a failure like any other. */
  @Setting({ description: 'How long an instance is left out to which no connection can be opened, without waiting for more failures; 0: that is a failure like any other', unit: 'ms' })
  @IsNumber()
  @Min(0)
  readonly unreachableMs: number = 1_000;

  /** How long the first ejection lasts, in ms; the second in a row lasts twice as long, and so on. Default 10000. */
  @Setting({ description: 'How long the first ejection lasts; the second in a row lasts twice as long, and so on', unit: 'ms' })
  @IsNumber()
  @Min(1)
  readonly baseMs: number = 10_000;

  /** The longest ejection, in ms; so long without one, and an instance counts as new again. Default 120000. */
  @Setting({ description: 'The longest ejection; so long without one, and an instance begins anew', unit: 'ms' })
  @IsNumber()
  @IsAtLeast('baseMs')
  readonly maxMs: number = 120_000;

  /** Instances that may be ejected at once, in percent of all, rounded down. Default 50; 0 turns ejection off. */
  @Setting({ description: 'Instances that may be ejected at once, in percent of all, rounded down; 0 turns ejection off', unit: '%' })
  @IsNumber()
  @Min(0)
  @Max(100)
  readonly maxEjectedPercent: number = 50;

  /** @throws RangeError that lists every value out of range. */
  constructor(settings: Partial<EjectionOptions> = {}) {
    Object.assign(this, settings);
    const faults: string[] = [];
    if (!(Number.isInteger(this.consecutiveFailures) && this.consecutiveFailures >= 1)) faults.push('consecutiveFailures must be a whole number from 1');
    if (!(this.unreachableMs >= 0)) faults.push('unreachableMs must be at least 0');
    if (!(this.baseMs >= 1)) faults.push('baseMs must be at least 1');
    if (!(this.maxMs >= this.baseMs)) faults.push('maxMs must be at least baseMs');
    if (!(this.maxEjectedPercent >= 0 && this.maxEjectedPercent <= 100)) faults.push('maxEjectedPercent must be from 0 to 100');
    if (faults.length > 0) throw new RangeError(`Ejection options: ${faults.join('; ')}.`);
  }
}

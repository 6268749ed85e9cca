import { Section, Setting } from '@portico/config';
import { IsInt, IsNumber, Max, Min } from 'class-validator';
import { EjectionOptions } from './ejection.config.js';
import { HealthCheckOptions } from './health-check.config.js';

/** Which instances of a service are used, and how much. */
export class InstanceSetOptions {
  @Section(() => EjectionOptions, { description: 'When an instance whose calls fail is left out for a while' })
  readonly ejection: EjectionOptions = new EjectionOptions();

  /** Undefined, the default, asks none. */
  @Section(() => HealthCheckOptions, { description: 'How instances are asked whether they are well; absent, none is asked', optional: true })
  readonly health: HealthCheckOptions | undefined = undefined;

  @Setting({ description: 'Time in which an instance that is new, or was left out, comes to its whole share of the calls; 0 gives it at once', unit: 'ms' })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  readonly slowStartMs: number = 0;

  @Setting({
    description: 'Instances, in percent of all, that must be neither unhealthy nor ejected; when fewer are, all are used, as so many can hardly be down and the rest would be next',
    unit: '%',
  })
  @IsNumber()
  @Min(0)
  @Max(100)
  readonly panicPercent: number = 50;

  constructor(settings: Partial<InstanceSetOptions> = {}) {
    Object.assign(this, settings);
  }
}

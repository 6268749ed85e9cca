import { Setting } from '@portico/config';
import { IsInt, Max, Min } from 'class-validator';

/** What every registry has in common: how long it is waited for, and how often it is asked again. */
export class RegistryOptions {
  @Setting({ description: 'Time for which the start waits for the first answer; after it the service begins without instances', unit: 'ms' })
  @IsInt()
  @Min(0)
  startTimeoutMs: number = 5_000;

  @Setting({ description: 'Shortest wait after a failure; it doubles with each further one, and chance shortens it by up to half', unit: 'ms' })
  @IsInt()
  @Min(1)
  retryMinMs: number = 1_000;

  @Setting({ description: 'Longest wait after a failure', unit: 'ms' })
  @IsInt()
  @Min(1)
  @Max(3_600_000)
  retryMaxMs: number = 30_000;
}

import { Setting } from '@portico/config';
import { IsNumber, Max, Min } from 'class-validator';

/** How the balancer `p2c-ewma` judges instances. */
export class P2cEwmaOptions {
  @Setting({ description: 'Time over which durations are averaged, and in which a judgement without new calls fades to the average of all instances', unit: 'ms' })
  @IsNumber()
  @Min(100)
  @Max(3_600_000)
  decayMs: number = 10_000;

  @Setting({ description: 'What a failed call counts as, unless it lasted longer', unit: 'ms' })
  @IsNumber()
  @Min(0)
  @Max(3_600_000)
  failurePenaltyMs: number = 1_000;
}

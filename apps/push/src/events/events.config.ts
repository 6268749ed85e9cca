import { Setting } from '@portico/config';
import { IsInt, IsString, Max, Min } from 'class-validator';

/** How calls and events of clients are brought to services. */
export class EventsConfig {
  @Setting({ description: 'YAML or JSON file with the rules that say which service hears what; empty: none does' })
  @IsString()
  file: string = '';

  @Setting({ description: 'Time for the answer to an event, waiting for its turn included', unit: 'ms' })
  @IsInt()
  @Min(1)
  @Max(600_000)
  timeoutMs: number = 10_000;

  @Setting({ description: 'Events at a time that services have not answered; more wait for their turn', unit: 'events' })
  @IsInt()
  @Min(1)
  maxConcurrent: number = 200;

  @Setting({ description: 'Largest answer to a call', unit: 'bytes' })
  @IsInt()
  @Min(64)
  @Max(16_777_216)
  maxAnswerBytes: number = 16_777_216;
}

import { Setting } from '@portico/config';
import { IsIn, IsInt, Max, Min } from 'class-validator';

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The least severity that is logged. */
export type LogLevel = (typeof levels)[number];

/** Settings of the log. */
export class LogConfig {
  @Setting({ description: 'Least severity that is logged; `silent` logs nothing.' })
  @IsIn(levels)
  level: LogLevel = 'info';

  @Setting({ description: 'Whether every request gets a line (the access log).' })
  requests = true;

  @Setting({ description: 'Longest time that a line waits in memory for others before it is written.', unit: 'ms' })
  @IsInt()
  @Min(10)
  @Max(1_000)
  flushIntervalMs = 500;
}

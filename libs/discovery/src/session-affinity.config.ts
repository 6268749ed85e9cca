import { Setting } from '@portico/config';
import { IsInt, Matches, Max, Min } from 'class-validator';

/** How the balancer `session-affinity` keeps a session with its instance. */
export class SessionAffinityOptions {
  @Setting({ description: 'Name of the cookie in which the service keeps its session' })
  @Matches(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, { message: 'cookie must be the name of a cookie' })
  cookie: string = 'session';

  @Setting({ description: 'How long a session without requests keeps its instance', unit: 'ms' })
  @IsInt()
  @Min(1)
  @Max(31_536_000_000)
  expiryMs: number = 1_200_000;

  @Setting({ description: 'Sessions that are remembered; past that the one without requests for the longest time is forgotten', unit: 'sessions' })
  @IsInt()
  @Min(1)
  @Max(10_000_000)
  maxSessions: number = 100_000;
}

import { Setting } from '@portico/config';
import { reservedByDefault } from '@portico/policies';
import { IsIn, IsInt, Max, Min } from 'class-validator';

/** How all routes of a gateway answer where nothing else is said. */
export class SettingsConfig {
  @Setting({ description: 'Answer to a method that is not taken for a path that is' })
  @IsIn([404, 405])
  wrongMethodStatus: 404 | 405 = 405;

  @Setting({ description: 'Answer when a service is too late' })
  @IsIn([503, 504])
  timeoutStatus: 503 | 504 = 504;

  @Setting({ description: 'Answer when a service cannot be reached, or goes away without an answer' })
  @IsIn([502, 503])
  unreachableStatus: 502 | 503 = 503;

  @Setting({ description: 'Largest request body that is passed on', unit: 'bytes' })
  @IsInt()
  @Min(0)
  maxBodyBytes: number = 31_457_280;

  @Setting({ description: 'Longest pause while a body comes from a service, and longest silence of a WebSocket', unit: 'ms' })
  @IsInt()
  @Min(1)
  @Max(3_600_000)
  idleTimeoutMs: number = 60_000;

  @Setting({ description: 'Public address of the gateway for the placeholder {BaseUrl}; empty: as the request names it' })
  baseUrl: string = '';

  @Setting({ description: 'Whether services get X-Forwarded-For, -Proto and -Host' })
  xForwarded: boolean = true;

  @Setting({ description: 'Whether services get Forwarded (RFC 7239)' })
  forwarded: boolean = false;

  @Setting({ description: 'Header fields that services believe, which therefore no client may send; a `*` at the end stands for any rest' })
  reservedHeaders: string[] = [...reservedByDefault];
}

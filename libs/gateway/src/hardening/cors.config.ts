import { Setting } from '@portico/config';
import { IsBoolean, IsInt, Matches, Max, Min } from 'class-validator';
import { IsExactOrigin } from './is-exact-origin.decorator.js';

/** Which pages of other origins may use the gateway (Fetch standard, CORS protocol). */
export class CorsConfig {
  @Setting({ description: 'Origins whose pages may call, each exactly as browsers send it; none by default, and then nothing is said about CORS' })
  @IsExactOrigin()
  origins: string[] = [];

  @Setting({ description: 'Request header fields that those pages may set' })
  @Matches(/^[a-z0-9-]+$/, { each: true })
  headers: string[] = ['content-type', 'x-csrf', 'x-correlation-id', 'traceparent'];

  @Setting({ description: 'Whether those pages may call with cookies' })
  @IsBoolean()
  credentials: boolean = true;

  @Setting({ description: 'Time for which a browser may remember what it was allowed', unit: 's' })
  @IsInt()
  @Min(0)
  @Max(86_400)
  maxAgeS: number = 600;
}

import { Setting } from '@portico/config';
import { IsInt, Matches, Max, Min } from 'class-validator';

/** Which pages may connect (Fetch standard, CORS protocol). */
export class CorsConfig {
  @Setting({ description: 'Origins whose pages may connect, each exactly as browsers send it; `*` lets every page, for a token is needed in any case. None by default: only apps connect' })
  @Matches(/^(?:\*|https?:\/\/[^\s/?#\\@,]+)$/, { each: true, message: 'each must be an origin, as https://shop.example, or *' })
  origins: string[] = [];

  @Setting({ description: 'Time for which a browser may remember what it was allowed', unit: 's' })
  @IsInt()
  @Min(0)
  @Max(86_400)
  maxAgeS: number = 600;
}

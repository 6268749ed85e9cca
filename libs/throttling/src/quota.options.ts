import { Setting } from '@portico/config';
import { IsIn, IsInt, Min } from 'class-validator';
import { LimitKeyOptions } from './limit-key.options.js';

/** How much of an endpoint one key may use in a long time, as the section `quota` of a route says. */
export class QuotaOptions extends LimitKeyOptions {
  @Setting({ description: 'Requests of one key that are let through in a period', unit: 'requests', type: 'number' })
  @IsInt()
  @Min(0)
  limit!: number;

  @Setting({ description: 'Period: `window` (of `windowMs`), or a `day` or `month` of the calendar, in UTC' })
  @IsIn(['window', 'day', 'month'])
  period: 'window' | 'day' | 'month' = 'window';

  @Setting({ description: 'Length of a period `window`; the periods follow each other from 1970-01-01T00:00Z on', unit: 'ms' })
  @IsInt()
  @Min(1_000)
  windowMs: number = 86_400_000;
}

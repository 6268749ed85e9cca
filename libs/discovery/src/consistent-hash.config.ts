import { Setting } from '@portico/config';
import { IsIn, IsInt, Matches, Max, Min, ValidateIf } from 'class-validator';

/** What the balancer `consistent-hash` may tell requests apart by. */
export const hashKeys = ['address', 'caller', 'header', 'path'] as const;

/** How the balancer `consistent-hash` maps requests to instances. */
export class ConsistentHashOptions {
  @Setting({
    description: 'What requests are told apart by: the client\'s address, the caller (its address while it is anonymous), a header, or the path that is sent to the service, without its query',
    type: 'string',
  })
  @IsIn(hashKeys)
  by: (typeof hashKeys)[number] = 'address';

  @Setting({ description: 'Name of the header, where requests are told apart by one' })
  @ValidateIf(({ by, header }: ConsistentHashOptions) => by === 'header' || header !== '')
  @Matches(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, { message: 'header must be the name of a header' })
  header: string = '';

  @Setting({ description: 'Calls under way at an instance, in percent of its fair share, from which its requests go to the next one', unit: '%' })
  @IsInt()
  @Min(101)
  @Max(10_000)
  maxLoadPercent: number = 125;

  @Setting({ description: 'Calls under way that an instance takes in any case before its load is compared', unit: 'calls' })
  @IsInt()
  @Min(1)
  @Max(100_000)
  spillFrom: number = 8;
}

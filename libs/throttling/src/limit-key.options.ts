import { Setting } from '@portico/config';
import { IsIn, IsString, Matches, ValidateIf } from 'class-validator';
import { isTextThat } from './is-text-that.js';
import { compileKeyTemplate } from './key-template.js';

/** What a limit counts by, without a template. */
export const limitKeys = ['caller', 'address', 'header', 'route'] as const;

/** What a limit counts by, and whom it leaves alone. */
export class LimitKeyOptions {
  @Setting({
    description:
      'What is counted apart: `caller` (who is anonymous by address), `address` (an IPv6 /64), `header`, `route` (all together), or a template such as `{caller}:{header.x-tenant}:{value.id}` ' +
      'of the placeholders caller, caller.id, client, address, route, method, header.<name>, value.<name> (of the match), claim.<name>',
  })
  @isTextThat('isLimitKey', (by) => void ((limitKeys as readonly string[]).includes(by) || compileKeyTemplate(by)))
  by: string = 'caller';

  @Setting({ description: 'Header that `by: header` counts by, as received' })
  @ValidateIf(({ by }: LimitKeyOptions) => by === 'header')
  @Matches(/^[\w!#$%&'*+.^`|~-]+$/, { message: 'must name a header field' })
  header: string = '';

  @Setting({
    description: 'Keys that are never counted: values of the header or the template; ids or whole keys of callers (an id counts whichever issuer it is of); addresses, networks and ranges',
  })
  @IsString({ each: true })
  allow: string[] = [];

  @Setting({ description: 'Name under which several endpoints share one count, as far as their key, algorithm and window agree; empty: this endpoint alone' })
  @Matches(/^[\w.-]*$/, { message: 'may have letters, digits, dots, dashes and underscores' })
  share: string = '';

  @Setting({ description: 'What becomes of a request that lacks its key: `refuse` (400), `allow` (not counted), or `address` (counted by its address)' })
  @IsIn(['refuse', 'allow', 'address'])
  missingKey: 'refuse' | 'allow' | 'address' = 'refuse';
}

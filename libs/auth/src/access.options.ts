import { Setting } from '@portico/config';
import { IsBoolean, IsString, Matches, ValidateBy } from 'class-validator';
import { scopeToken } from './access.decorators.js';

/** Who may use a route, as its section `access` says. Without that section every authenticated user may. */
export class AccessOptions {
  @Setting({ description: 'Whether callers without a credential are served, too; a credential that is sent must be valid all the same' })
  @IsBoolean()
  @ValidateBy({
    name: 'isAlone',
    validator: {
      validate: (anonymous, at) => anonymous !== true || !restricts(at?.object as AccessOptions),
      defaultMessage: () => 'contradicts scopes, issuers or clients beside it',
    },
  })
  anonymous: boolean = false;

  @Setting({ description: 'Scopes that the token must have; empty: none in particular' })
  @Matches(scopeToken, { each: true, message: 'is no scope' })
  scopes: string[] = [];

  @Setting({ description: 'Whether one of the scopes is enough' })
  @IsBoolean()
  anyScope: boolean = false;

  @Setting({ description: 'Names of the issuers whose tokens are accepted here; `default` is that of the gateway; empty: all' })
  @IsString({ each: true })
  issuers: string[] = [];

  @Setting({ description: 'Whether client applications that act for no user are served, too' })
  @IsBoolean()
  clients: boolean = false;

  @Setting({ description: 'Whether an API key is needed besides; with `clients` its scopes count where no token is sent, and with `anonymous` it alone is enough' })
  @IsBoolean()
  apiKey: boolean = false;
}

function restricts({ scopes, issuers, clients }: AccessOptions): boolean {
  return scopes.length > 0 || issuers.length > 0 || clients;
}

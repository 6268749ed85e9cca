import { Setting } from '@portico/config';
import { parseClaimExpression } from './claim-expression.js';
import { compileRequirement } from './claim-requirement.js';
import { claimToHeader, claimToPath, claimToQuery } from './claim-transforms.js';
import { isMapThat } from './is-map-that.js';

/** An expression that must find something. @throws TypeError */
function assertNeeded(source: string): void {
  if (parseClaimExpression(source).optional) throw new TypeError(`${JSON.stringify(source)} cannot be optional here`);
}

/**
 * What a route needs of the caller's claims and makes of them, as its section `claims` says. Claims are named by expressions: `sub`, `address.city`, `roles[0]`,
 * `'https://shop.example/roles'[0]`, `sub.split('|')[1]`; a `?` at the end says that the claim may be missing.
 */
export class ClaimsOptions {
  @Setting({ description: 'Claims made of others before anything else, for the settings below; they hide those of the token with the same names', type: 'string{}' })
  @isMapThat<string>('isClaimToClaim', (name, source) => {
    if (name === '__proto__') throw new TypeError('cannot have that name');
    assertNeeded(source);
  })
  toClaims: Record<string, string> = {};

  @Setting({ description: 'Claims that are needed, and the values of which one must be there; `{name}` is what the match caught', type: 'string[]{}' })
  @isMapThat<string[]>('isClaimRequirement', (source, accepted) => void compileRequirement(source, accepted))
  require: Record<string, string[]> = {};

  @Setting({ description: 'Header fields for the service, each set to a claim; what the client sent under the name never arrives there', type: 'string{}' })
  @isMapThat<string>('isClaimToHeader', (name, source) => {
    claimToHeader(name);
    parseClaimExpression(source);
  })
  toHeaders: Record<string, string> = {};

  @Setting({ description: 'Query parameters for the service, each set to a claim; what the client sent under the name never arrives there', type: 'string{}' })
  @isMapThat<string>('isClaimToQuery', (name, source) => {
    claimToQuery(name);
    parseClaimExpression(source);
  })
  toQuery: Record<string, string> = {};

  @Setting({ description: "Placeholders of the service's path, each set to a claim instead of what the match caught; none of them is optional", type: 'string{}' })
  @isMapThat<string>('isClaimToPath', (name, source) => {
    claimToPath(name);
    assertNeeded(source);
  })
  toPath: Record<string, string> = {};
}

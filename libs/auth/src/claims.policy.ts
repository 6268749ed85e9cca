import { PorticoError, type Endpoint, type Policy, type RequestContext } from '@portico/core';
import { claimInsufficient, tokenMissing } from './challenges.js';
import { parseClaimExpression, type ClaimExpression, type DerivedClaims } from './claim-expression.js';
import { comparesWithPath, compileRequirement, type MeetsRequirement } from './claim-requirement.js';
import { claimText } from './claim-text.js';
import { claimToHeader, claimToPath, claimToQuery, type WriteClaim } from './claim-transforms.js';
import type { ClaimsOptions } from './claims.options.js';
import { claimsKey } from './require-claims.decorator.js';

// What a service takes as one header field is a few thousand bytes more.
const longestValue = 4_096;

interface Transform {
  readonly expression: ClaimExpression;
  readonly write: WriteClaim;
}

/**
 * Holds the caller to the claims that an endpoint requires, and writes claims into the request of a configured route: header fields, query parameters, placeholders of the path.
 * What the client sent under those names is replaced, also where an optional claim is missing. Stands after authentication.
 * Refuses with CLAIM_INSUFFICIENT where a claim is missing or is none of the accepted ones, or cannot be written; with TOKEN_MISSING where there is no caller who could have it.
 */
export function claims(): Policy {
  return {
    name: 'claims',
    compile(endpoint) {
      const options = endpoint.declared<ClaimsOptions>(claimsKey);
      if (!options || endpoint.kind === 'system') return undefined;
      const derived = derivedClaims(options);
      const requirements = Object.entries(options.require).map(([source, accepted]): [string, MeetsRequirement] => [source, compileRequirement(source, accepted, derived)]);
      const transforms = transformsOf(options, derived);
      assertPossible(endpoint, options, transforms);
      if (requirements.length === 0 && transforms.length === 0) return undefined;
      return {
        inbound(context) {
          for (const [source, meets] of requirements) if (!meets(context)) throw refusal(context, `The claim ${source} is none of the accepted ones`);
          for (const transform of transforms) apply(context, transform);
        },
      };
    },
  };
}

function apply(context: RequestContext, { expression, write }: Transform): void {
  const { forward, caller } = context;
  if (!forward) return;
  const claim = claimText(expression.read(caller.claims));
  if (claim === undefined && !expression.optional) throw refusal(context, `The claim ${expression.source} is missing`);
  if (claim !== undefined && lengthOf(claim) > longestValue) throw refusal(context, `The claim ${expression.source} is too long`);
  const fault = write(forward, claim);
  if (fault !== undefined) throw refusal(context, `The claim ${expression.source} ${fault}`);
}

function refusal({ caller }: RequestContext, reason: string): PorticoError {
  return caller.kind === 'anonymous' ? tokenMissing() : claimInsufficient(new TypeError(reason));
}

function derivedClaims({ toClaims }: ClaimsOptions): DerivedClaims {
  const derived = new Map<string, ClaimExpression>();
  // One may be derived from those before it; from its own name it is derived from the token's.
  for (const [name, source] of Object.entries(toClaims)) derived.set(name, parseClaimExpression(source, new Map(derived)));
  return derived;
}

function transformsOf({ toHeaders, toQuery, toPath }: ClaimsOptions, derived: DerivedClaims): Transform[] {
  const kinds: [Record<string, string>, (target: string) => WriteClaim][] = [
    [toHeaders, claimToHeader],
    [toQuery, claimToQuery],
    [toPath, claimToPath],
  ];
  return kinds.flatMap(([map, writer]) => Object.entries(map).map(([target, source]) => ({ expression: parseClaimExpression(source, derived), write: writer(target) })));
}

function assertPossible(endpoint: Endpoint, { require }: ClaimsOptions, transforms: readonly Transform[]): void {
  if (endpoint.kind === 'route') return;
  if (transforms.length > 0) throw new TypeError(`${endpoint.name}: only a configured route has a request that claims could be written into`);
  if (Object.values(require).some(comparesWithPath)) throw new TypeError(`${endpoint.name}: only a configured route has placeholders to compare claims with`);
}

function lengthOf(claim: string | readonly string[]): number {
  return typeof claim === 'string' ? claim.length : claim.reduce((sum, item) => sum + item.length + 1, 0);
}

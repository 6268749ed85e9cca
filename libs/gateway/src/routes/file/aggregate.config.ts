import { AccessOptions, ClaimsOptions } from '@portico/auth';
import { Section, SectionMap, Setting } from '@portico/config';
import { HeaderTransforms } from '@portico/policies';
import { AddressFilterOptions, QuotaOptions, RateLimitOptions } from '@portico/throttling';
import { IsInt, IsOptional, IsUppercase, Max, Min } from 'class-validator';
import { MatchConfig } from './match.config.js';
import { PartConfig } from './part.config.js';

/** When an aggregate is taken. */
export class AggregateMatchConfig extends MatchConfig {
  @Setting({ description: 'Methods, in upper case; GET includes HEAD; empty: all' })
  @IsUppercase({ each: true })
  override methods: string[] = ['GET'];
}

/**
 * One answer made of several routes: `{"<part>": <its JSON>, …}` in the order of the file, 200, `application/json`, whatever the parts answered it with.
 *
 * Who may use it says `access` of the aggregate, not that of the routes: a part that calls a route which would refuse some of those callers is a fault,
 * unless it says `trusted`. Compared are `access` (anonymous, scopes, issuers, clients), `addresses` and the route's own inbound policies; what cannot be told to be
 * at least as strict counts as wider. The route's `claims` are checked with every call, for they may compare with its very values.
 */
export class AggregateConfig {
  @Section(() => AggregateMatchConfig, { description: 'When the aggregate is taken' })
  match!: AggregateMatchConfig;

  @Section(() => AccessOptions, { description: 'Who may use it; absent: every user who has signed in. A part whose route would refuse some of them is a fault, unless it is trusted', optional: true })
  access?: AccessOptions;

  @Section(() => AddressFilterOptions, { description: 'From which addresses', optional: true })
  addresses?: AddressFilterOptions;

  @Section(() => ClaimsOptions, { description: 'What the claims of the caller must be, and where they go in the calls of all parts', optional: true })
  claims?: ClaimsOptions;

  @Section(() => RateLimitOptions, { description: 'How many requests in a short time', optional: true })
  rateLimit?: RateLimitOptions;

  @Section(() => QuotaOptions, { description: 'How many requests in a long time', optional: true })
  quota?: QuotaOptions;

  @Section(() => HeaderTransforms, { description: 'Changes of header fields: of what all parts are sent, and of the answer', optional: true })
  headers?: HeaderTransforms;

  @Setting({ description: "Time for the answer; absent: the gateway's deadline", unit: 'ms', type: 'number' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(86_400_000)
  timeoutMs?: number;

  @Setting({ description: 'Largest request body, where parts are sent it: it is kept in memory', unit: 'bytes' })
  @IsInt()
  @Min(0)
  maxBodyBytes: number = 1_048_576;

  @Setting({ description: 'Largest answer of a call; a larger one is a failed part', unit: 'bytes' })
  @IsInt()
  @Min(1)
  maxPartBytes: number = 5_242_880;

  @SectionMap(() => PartConfig, { description: 'Its parts by their names, which are their keys in the answer unless they say otherwise' })
  parts: Record<string, PartConfig> = {};

  @Setting({ description: "Name of a class of the team that makes the answer of the parts, by `@AggregatorType()`; empty: an object of all parts" })
  aggregator: string = '';
}

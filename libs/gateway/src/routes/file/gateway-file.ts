import { Choices, Section, SectionMap, Setting, type Choice, type ConfigClass } from '@portico/config';
import { ServiceEntry } from '@portico/backend-client';
import { AccessOptions, ClaimsOptions, IssuerOptions } from '@portico/auth';
import { RouteCacheOptions } from '@portico/caching';
import { GraphqlOptions, HeaderTransforms } from '@portico/policies';
import { AddressFilterOptions, QuotaOptions, RateLimitOptions } from '@portico/throttling';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { AggregateConfig } from './aggregate.config.js';
import { IsOrigin } from './is-origin.decorator.js';
import { MatchConfig } from './match.config.js';
import { RouteResilienceConfig } from './route-resilience.config.js';
import { SettingsConfig } from './settings.config.js';
import { ToConfig } from './to.config.js';

type PolicyList = readonly ('base' | Choice)[] | undefined;

/** The policies of one scope, section by section. */
export interface PolicyLists {
  readonly inbound?: PolicyList;
  readonly backend?: PolicyList;
  readonly outbound?: PolicyList;
  readonly onError?: PolicyList;
}

/** One configured route. */
export class RouteConfig {
  @Section(() => MatchConfig, { description: 'When the route is taken' })
  match!: MatchConfig;

  @Section(() => ToConfig, { description: 'Where it sends to' })
  to!: ToConfig;

  @Setting({ description: 'Whether clients may open WebSockets here, under the same policies as any request' })
  websocket: boolean = false;

  @Setting({ description: 'Origins whose pages may open WebSockets, as `https://shop.example`; `*` takes all; empty: only pages of the host that is asked' })
  @IsOrigin()
  origins: string[] = [];

  @Section(() => AccessOptions, { description: 'Who may use it; absent: every user who has signed in', optional: true })
  access?: AccessOptions;

  @Section(() => AddressFilterOptions, { description: 'From which addresses', optional: true })
  addresses?: AddressFilterOptions;

  @Section(() => ClaimsOptions, { description: 'What the claims of the caller must be, and where they go', optional: true })
  claims?: ClaimsOptions;

  @Section(() => RateLimitOptions, { description: 'How many requests in a short time', optional: true })
  rateLimit?: RateLimitOptions;

  @Section(() => QuotaOptions, { description: 'How many requests in a long time', optional: true })
  quota?: QuotaOptions;

  @Section(() => RouteCacheOptions, { description: 'Whether and how answers are kept', optional: true })
  cache?: RouteCacheOptions;

  @Section(() => HeaderTransforms, { description: 'Changes of header fields', optional: true })
  headers?: HeaderTransforms;

  @Section(() => GraphqlOptions, { description: 'Bounds of GraphQL requests', optional: true })
  graphql?: GraphqlOptions;

  @Setting({ description: "Time until the answer begins; absent: the gateway's deadline", unit: 'ms', type: 'number' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(86_400_000)
  timeoutMs?: number;

  @Section(() => RouteResilienceConfig, { description: "A stack of its own around its calls; absent: the service's", optional: true })
  resilience?: RouteResilienceConfig;
}

/** What the file of a gateway says. */
export interface GatewayFile {
  readonly version: 1;
  readonly settings: SettingsConfig;
  readonly policies: PolicyLists | undefined;
  readonly issuers: Readonly<Record<string, IssuerOptions>>;
  readonly services: Readonly<Record<string, ServiceEntry>>;
  readonly routes: Readonly<Record<string, RouteConfig & { readonly policies?: PolicyLists }>>;
  readonly aggregates: Readonly<Record<string, AggregateConfig & { readonly policies?: PolicyLists }>>;
}

/** The class of a gateway's file, whose policies are those of the gateway's registry. */
export function gatewayFileClass(policies: ReadonlyMap<string, ConfigClass>): ConfigClass<GatewayFile> {
  const known = () => Object.fromEntries(policies);
  const Policies = (): PropertyDecorator => Choices(known, { description: 'Policies in their order; `base` stands where those of the wider scope run', list: true, marker: 'base', optional: true });

  class PolicyListsConfig implements PolicyLists {
    @Policies()
    inbound?: PolicyList;

    @Policies()
    backend?: PolicyList;

    @Policies()
    outbound?: PolicyList;

    @Policies()
    onError?: PolicyList;
  }

  class RouteWithPolicies extends RouteConfig {
    @Section(() => PolicyListsConfig, { description: 'Its own policies; a section that is absent has those of the whole gateway', optional: true })
    policies?: PolicyLists;
  }

  class AggregatePoliciesConfig implements Omit<PolicyLists, 'backend'> {
    @Policies()
    inbound?: PolicyList;

    @Policies()
    outbound?: PolicyList;

    @Policies()
    onError?: PolicyList;
  }

  class AggregateWithPolicies extends AggregateConfig {
    @Section(() => AggregatePoliciesConfig, { description: 'Its own policies; a section that is absent has those of the whole gateway; the backend section is that of the routes', optional: true })
    policies?: Omit<PolicyLists, 'backend'>;
  }

  class File implements GatewayFile {
    @Setting({ description: 'Version of this format', type: 'number' })
    @IsIn([1])
    version!: 1;

    @Section(() => SettingsConfig, { description: 'How all routes answer' })
    settings: SettingsConfig = new SettingsConfig();

    @Section(() => PolicyListsConfig, { description: 'Policies of the whole gateway, its coded operations included: those have no backend section', optional: true })
    policies: PolicyLists | undefined;

    @SectionMap(() => IssuerOptions, { description: "Issuers of access tokens by their names, besides the gateway's own, which is called `default`", unique: true })
    issuers: Record<string, IssuerOptions> = {};

    @SectionMap(() => ServiceEntry, { description: "Services by their names, besides those of the gateway's own configuration", unique: true })
    services: Record<string, ServiceEntry> = {};

    @SectionMap(() => RouteWithPolicies, { description: 'The routes by their names', unique: true })
    routes: Record<string, RouteWithPolicies> = {};

    @SectionMap(() => AggregateWithPolicies, { description: 'Answers made of several routes, by their names', unique: true })
    aggregates: Record<string, AggregateWithPolicies> = {};
  }

  return File;
}

import { ArrayNotEmpty, IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min, MinLength } from 'class-validator';
import { Choices, Section, SectionList, SectionMap, Setting, type Choice } from '../src/index.js';

export class MatchSection {
  @Setting({ description: 'Path of the route.' })
  @Matches(/^\//, { message: 'must begin with "/"' })
  path!: string;

  @Setting({ description: 'Methods; none means all.' })
  @IsIn(['GET', 'HEAD', 'POST'], { each: true })
  methods: string[] = [];

  @Setting({ description: 'Headers that must be there.', type: 'string{}' })
  @MaxLength(20, { each: true })
  headers: Readonly<Record<string, string>> = {};

  @Setting({ description: 'Whether letters count.' })
  caseSensitive: boolean = true;
}

export class ClaimsSection {
  @Setting({ description: 'Accepted values by claim.', type: 'string[]{}' })
  @MinLength(2, { each: true })
  require: Readonly<Record<string, readonly string[]>> = {};
}

export class SetHeader {
  @Setting({ description: 'Name of the header.' })
  name!: string;

  @Setting({ description: 'Its value.' })
  value: string = '';
}

export class Limit {
  @Setting({ description: 'Requests in a window.', unit: 'requests' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit: number = 100;
}

export class CookieAffinity {
  @Setting({ description: 'Name of the cookie.' })
  cookie!: string;

  @Setting({ description: 'Key that signs it.', secret: true })
  @IsOptional()
  @MinLength(8, { message: 'is too short: $value' })
  secret?: string;
}

export class LeastRequest {}

export interface InboundPolicies {
  readonly 'set-header': SetHeader;
  readonly limit: Limit;
  readonly remove: readonly string[];
}

export class RouteSection {
  @Section(() => MatchSection, { description: 'What it matches.' })
  match!: MatchSection;

  @Section(() => Limit, { description: 'How many requests.', optional: true })
  rateLimit?: Limit;

  @Section(() => ClaimsSection, { description: 'Who may.', optional: true })
  claims?: ClaimsSection;

  @Setting({ description: 'Time for it; 0 is that of the gateway.', unit: 'ms' })
  @IsInt()
  @Min(0)
  timeoutMs: number = 0;

  @Choices(() => ({ 'set-header': SetHeader, limit: Limit, remove: 'string[]' }), { description: 'Steps before.', list: true, marker: 'base' })
  inbound: readonly (Choice<InboundPolicies> | 'base')[] = ['base'];
}

export class PartSection {
  @Setting({ description: 'Its route.' })
  route!: string;

  @Setting({ description: 'Weights.', type: 'number[]' })
  weights: readonly number[] = [1];
}

export class ServiceSection {
  @Setting({ description: 'Addresses.' })
  @ArrayNotEmpty()
  instances!: string[];

  @Choices(() => ({ 'least-request': LeastRequest, 'cookie-affinity': CookieAffinity }), { description: 'How an instance is chosen.' })
  balancer: Choice<{ 'least-request': LeastRequest; 'cookie-affinity': CookieAffinity }> = { name: 'least-request', options: new LeastRequest() };
}

export class GatewayFile {
  @Setting({ description: 'Version of this format.' })
  @IsIn([1])
  version!: number;

  @SectionMap(() => ServiceSection, { description: 'The services.' })
  services!: Readonly<Record<string, ServiceSection>>;

  @SectionMap(() => RouteSection, { description: 'The routes.', unique: true })
  routes!: Readonly<Record<string, RouteSection>>;

  @SectionList(() => PartSection, { description: 'Parts of the page.' })
  @ArrayNotEmpty({ message: 'must have a part' })
  parts: readonly PartSection[] = [Object.assign(new PartSection(), { route: 'images' })];
}

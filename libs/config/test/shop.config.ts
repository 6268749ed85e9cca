import { ArrayNotEmpty, IsIn, IsInt, IsNotEmpty, IsOptional, IsUrl, Max, Min, MinLength } from 'class-validator';
import { Section, SectionMap, Setting } from '../src/index.js';

export type Level = 'debug' | 'info';

export class RetryConfig {
  @Setting({ description: 'How often a call is tried again.' })
  @IsInt()
  @Min(0)
  attempts = 2;

  @Setting({ description: 'Time of one try.', unit: 'ms' })
  @Min(1)
  timeoutMs = 300;
}

export class ServiceConfig {
  @Setting({ description: 'Addresses of the service.' })
  @ArrayNotEmpty()
  @IsUrl({ require_tld: false, require_protocol: true }, { each: true })
  readonly instances: readonly string[] = ['http://localhost:4000'];

  @Setting({ description: 'Time of a whole call.', unit: 'ms' })
  @IsInt()
  @Min(1)
  timeoutMs = 1_000;

  @Section(() => RetryConfig, { description: 'Second tries.' })
  retry = new RetryConfig();
}

export class SignInConfig {
  @Setting({ description: 'Where tokens come from.' })
  @IsUrl({ require_tld: false })
  issuer!: string;

  @Setting({ description: 'Secret of this client.', secret: true })
  @IsOptional()
  @MinLength(8, { message: 'is too short: $value' })
  clientSecret?: string;
}

export class ShopConfig {
  @Setting({ description: 'Port to listen on.', env: 'PORT' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port = 3_000;

  @Setting({ description: 'Log level, a | between them.' })
  @IsIn(['debug', 'info'])
  level: Level = 'info';

  @Setting({ description: 'Whether to greet.' })
  greet = true;

  @Setting({ description: 'Widths offered.', unit: 'px' })
  @IsInt({ each: true })
  widths: number[] = [320, 640];

  @Setting({ description: 'A name, if wanted.' })
  @IsOptional()
  @IsNotEmpty()
  name?: string;

  @Section(() => SignInConfig, { description: 'Signing in.' })
  signIn!: SignInConfig;

  @SectionMap(() => ServiceConfig, { description: 'The services.', keys: ['catalog', 'price-ticks'] })
  services!: Record<'catalog' | 'price-ticks', ServiceConfig>;

  @SectionMap(() => RetryConfig, { description: 'Named retries.' })
  retries: Record<string, RetryConfig> = {};
}

/** The least that makes `ShopConfig` valid. */
export const requiredEnv = { PORTICO_SIGN_IN_ISSUER: 'http://localhost:5000' };

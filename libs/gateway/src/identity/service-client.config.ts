import { Setting } from '@portico/config';
import { IsInt, IsString, Min } from 'class-validator';

/** This gateway as a client of the issuer that gets tokens for its calls to services. */
export class ServiceClientConfig {
  @Setting({ description: 'Its id at the issuer, where it may ask for tokens in its own name and exchange those of users; empty: services are called without tokens' })
  @IsString()
  clientId: string = '';

  @Setting({ description: 'Tokens that are kept for each service, one for each user', unit: 'tokens' })
  @IsInt()
  @Min(1)
  cacheEntries: number = 10_000;
}

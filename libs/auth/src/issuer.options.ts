import { Setting } from '@portico/config';
import { IsIn, IsInt, IsString, IsUrl, Min, MinLength, ValidateIf } from 'class-validator';
import { tokenAlgorithms, type TokenAlgorithm, type TokenProfile } from './token-verifier.config.js';

const url = { require_tld: false, protocols: ['http', 'https'], require_protocol: true };

/** A further issuer whose access tokens are accepted, under a name of its own. Fits `TokenVerifierOptions`. */
export class IssuerOptions {
  @Setting({ description: 'The issuer as its tokens name it (`iss`), character by character', type: 'string' })
  @IsUrl(url)
  issuer!: string;

  @Setting({ description: 'This gateway as the tokens name it (`aud`)', type: 'string' })
  @IsString()
  @MinLength(1)
  audience!: string;

  @Setting({ description: 'Where the issuer publishes its keys; empty: what `<issuer>/.well-known/openid-configuration` says' })
  @ValidateIf(({ jwksUri }: IssuerOptions) => jwksUri !== '')
  @IsUrl(url)
  jwksUri: string = '';

  @Setting({ description: 'Signature algorithms that are accepted' })
  @IsIn(tokenAlgorithms, { each: true })
  algorithms: TokenAlgorithm[] = ['RS256', 'PS256', 'ES256'];

  @Setting({ description: 'How far clocks may differ', unit: 's' })
  @IsInt()
  @Min(0)
  clockToleranceS: number = 5;

  @Setting({ description: 'Longest life of a token', unit: 's' })
  @IsInt()
  @Min(1)
  maxTokenLifeS: number = 86_400;

  @Setting({ description: 'Verified tokens that are remembered', unit: 'tokens' })
  @IsInt()
  @Min(1)
  cacheEntries: number = 10_000;

  @Setting({
    description:
      '`rfc9068`: access tokens by RFC 9068; `plain`: also those of issuers that do not follow it (`typ` JWT or none, client in `azp`, scopes as a list or in `scp`). ' +
      'A plain ID token passes for an access token: its audience must be this gateway alone',
  })
  @IsIn(['rfc9068', 'plain'])
  profile: TokenProfile = 'rfc9068';
}

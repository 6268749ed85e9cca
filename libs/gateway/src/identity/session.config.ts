import { Setting } from '@portico/config';
import { IsInt, IsString, Matches, Max, Min, MinLength } from 'class-validator';

/** The cookie sessions of a web front end. */
export class SessionConfig {
  @Setting({ description: 'Origin under which browsers know this gateway; over http only on this machine, and its cookies then lack `Secure`' })
  @Matches(/^(?:https:\/\/[^\s/?#\\@]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)$/, { message: 'is to be an https origin, or http on localhost' })
  publicOrigin: string = 'http://localhost:3000';

  @Setting({ description: 'This gateway as a client of the identity provider' })
  @IsString()
  @MinLength(1)
  clientId: string = 'shop-web';

  @Setting({ description: 'Scopes that are asked for, set apart by spaces' })
  @Matches(/(?:^| )openid(?: |$)/, { message: 'must have openid among them' })
  scope: string = 'openid profile offline_access shop.read shop.write';

  @Setting({ description: 'Secret of 32 bytes, in base64url, that seals logins in progress, the same in every replica; empty: one is made at start', secret: true })
  @Matches(/^(?:|[A-Za-z0-9_-]{43})$/, { message: 'is to be 32 bytes in base64url' })
  transactionKey: string = '';

  @Setting({ description: 'Further origins whose pages may call' })
  @Matches(/^https?:\/\/[^\s/?#\\@]+$/, { each: true, message: 'is to be an origin, as https://app.example' })
  origins: string[] = [];

  @Setting({ description: 'Time without a request after which a session ends', unit: 'ms' })
  @IsInt()
  @Min(1_000)
  @Max(86_400_000)
  idleMs: number = 1_800_000;

  @Setting({ description: 'Time after which a session ends whatever happens', unit: 'ms' })
  @IsInt()
  @Min(1_000)
  @Max(2_592_000_000)
  absoluteMs: number = 28_800_000;
}

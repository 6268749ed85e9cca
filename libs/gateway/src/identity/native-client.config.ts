import { Setting } from '@portico/config';
import { ArrayMinSize, Matches } from 'class-validator';
import { IsNativeRedirect } from './is-native-redirect.decorator.js';

/** How an app of users signs in (RFC 8252): what `/bff/client` tells it. */
export class NativeClientConfig {
  @Setting({ description: "Where the issuer may send users back to, as registered with it, the best first: a claimed https link, a scheme of the app's own, or `http://127.0.0.1/…` for any port" })
  @IsNativeRedirect()
  @ArrayMinSize(1)
  redirectUris: string[] = [];

  @Setting({ description: 'Scopes that the app asks for, set apart by spaces' })
  @Matches(/(?:^| )openid(?: |$)/, { message: 'must have openid among them' })
  scope: string = 'openid profile offline_access shop.read shop.write';
}

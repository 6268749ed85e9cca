import { Setting } from '@portico/config';
import { Matches, ValidateBy } from 'class-validator';

/** Which installed apps open the claimed links of the front end (RFC 8252 7.2), for the files by which their systems check that. */
export class AppLinksConfig {
  @Setting({ description: 'Android app, as com.example.shop; empty: none, and no `/.well-known/assetlinks.json`' })
  @Matches(/^(?:|[A-Za-z]\w*(?:\.[A-Za-z]\w*)+)$/, { message: 'is no name of an Android package' })
  androidPackage: string = '';

  @Setting({ description: 'SHA-256 of the certificates that the Android app is signed with, as `keytool` writes them' })
  @Matches(/^[0-9A-F]{2}(?::[0-9A-F]{2}){31}$/, { each: true, message: 'is no SHA-256 of a certificate, in capitals and with colons' })
  @ValidateBy({
    name: 'belongsToPackage',
    validator: {
      validate: (value, at) => (value as readonly string[]).length > 0 === ((at?.object as AppLinksConfig).androidPackage !== ''),
      defaultMessage: () => 'is to have the certificates of androidPackage, and none without it',
    },
  })
  androidCertSha256: string[] = [];

  @Setting({ description: 'Apps of iOS and macOS, each as `<team>.<bundle>`; empty: none, and no `/.well-known/apple-app-site-association`' })
  @Matches(/^[A-Z0-9]{10}(?:\.[A-Za-z0-9-]+)+$/, { each: true, message: 'is no app, as ABCDE12345.com.example.shop' })
  appleAppIds: string[] = [];
}

import { ConfigurationError } from '@portico/config';
import type { AppLinksConfig } from './app-links.config.js';
import type { IdentityEndpoint } from './identity-endpoint.js';
import { isClaimedLink } from './is-native-redirect.decorator.js';
import type { WithNativeClient } from './native-client-endpoint.js';
import { publicDocument } from './public-document.js';

/** A gateway's configuration with an app that opens claimed links. */
export type WithAppLinks = WithNativeClient & { readonly appLinks: AppLinksConfig };

/**
 * The files by which Android (Digital Asset Links) and Apple's systems (associated domains) check that an app may open the claimed links among `nativeClient.redirectUris` (RFC 8252 7.2):
 * `/.well-known/assetlinks.json` and `/.well-known/apple-app-site-association`. The systems ask the host of the link for them, which is to lead here.
 * A file is served if an app is named for its system. Otherwise its address is unknown (404): an empty file would say that no app may open a link of this host, those of other services included.
 * @throws ConfigurationError when apps are named, but no claimed link
 */
export function appLinkEndpoints({ appLinks: { androidPackage, androidCertSha256, appleAppIds }, nativeClient }: WithAppLinks): readonly IdentityEndpoint[] {
  const links = nativeClient.redirectUris.filter(isClaimedLink);
  const files: IdentityEndpoint[] = [];
  if (androidPackage !== '') files.push(publicDocument('/.well-known/assetlinks.json', assetLinks(androidPackage, androidCertSha256)));
  if (appleAppIds.length > 0) files.push(publicDocument('/.well-known/apple-app-site-association', siteAssociation(appleAppIds, links)));
  if (files.length > 0 && links.length === 0) throw new ConfigurationError([{ path: 'nativeClient.redirectUris', message: 'is to have a claimed https link, for appLinks names apps that open one' }]);
  return files;
}

function assetLinks(name: string, fingerprints: readonly string[]): object {
  return [{ relation: ['delegate_permission/common.handle_all_urls'], target: { namespace: 'android_app', package_name: name, sha256_cert_fingerprints: fingerprints } }];
}

function siteAssociation(appIDs: readonly string[], links: readonly string[]): object {
  return { applinks: { details: [{ appIDs, components: links.map((link) => ({ '/': new URL(link).pathname })) }] } };
}

import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import { optionsFor } from './scoped-section.js';
import type { Section } from './section.js';

/** Who may use a route. What names no scheme is open, as in Ocelot. */
export function accessOf(route: Section | undefined, methods: readonly string[], { global, options, findings }: ImportContext): JsonObject {
  const authentication = optionsFor(route, global, 'AuthenticationOptions');
  const deprecated = authentication.text('AuthenticationProviderKey');
  const listed = authentication.texts('AuthenticationProviderKeys');
  const schemes = [...new Set([...(deprecated ? [deprecated.value] : []), ...(listed?.value ?? [])])];
  if (schemes.length === 0 || authentication.flag('AllowAnonymous')?.value === true) return { anonymous: true };
  if (methods.length === 0 || methods.includes('OPTIONS')) findings.note('changed', authentication.path, 'Ocelot lets OPTIONS pass without a token; here it needs one like any other method');
  if (options.schemes === undefined) findings.note('code', (listed ?? deprecated)?.path ?? '', `the schemes ${schemes.join(', ')} are code: declare issuers of these names in the BFF's configuration`);
  const scopes = authentication.texts('AllowedScopes')?.value;
  return compact({
    scopes,
    anyScope: scopes ? true : undefined,
    issuers: schemes,
    // Ocelot does not ask whether a token stands for a user.
    clients: true,
  });
}

/** Finds schemes that nobody registers. */
export function checkSchemes(section: Section, { options, findings }: ImportContext): void {
  const authentication = section.section('AuthenticationOptions');
  if (!authentication || options.schemes === undefined) return;
  const primary = authentication.text('AuthenticationProviderKey');
  for (const scheme of primary ? [primary] : (authentication.texts('AuthenticationProviderKeys') ?? [])) {
    if (!options.schemes.includes(scheme)) {
      findings.fault(authentication.pathOf(primary ? 'AuthenticationProviderKey' : 'AuthenticationProviderKeys'), 'unknown-authentication-provider', `nobody registers the scheme ${scheme}`);
    }
  }
}

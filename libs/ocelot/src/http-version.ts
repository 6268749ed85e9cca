import type { ImportContext } from './import-context.js';
import { names } from './names.js';
import { ScopedSection } from './scoped-section.js';
import type { Section } from './section.js';

const policies = ['requestversionexact', 'requestversionorhigher', 'requestversionorlower'];

/** `http2` where a service may be spoken to so, which it has to offer over TLS; `http2-only` where it must be; undefined for HTTP/1.1. */
export function protocolOf(route: Section | undefined, tls: boolean, { global, findings }: ImportContext): string | undefined {
  const options = new ScopedSection(route, global);
  const version = options.text(names.serviceHttpVersion);
  const policy = options.text(names.serviceHttpVersionPolicy);
  const wanted = policy?.value.toLowerCase() ?? 'requestversionorlower';
  if (version && !/^\d(?:[.,]\d)?$/.test(version.value)) findings.fault(version.path, 'bad-http-version', `${version.value} is no HTTP version`);
  if (!policies.includes(wanted)) findings.fault(policy?.path ?? '', 'bad-http-version-policy', 'must be RequestVersionExact, RequestVersionOrHigher or RequestVersionOrLower');
  const major = Number(version?.value[0] ?? 1);
  if (version && major > 2) findings.note('changed', version.path, 'HTTP/3 is not spoken; HTTP/2 is');
  if (version && /^1[.,]0$/.test(version.value)) findings.note('changed', version.path, 'HTTP/1.1 is spoken in place of HTTP/1.0');
  if (major >= 2 && wanted !== 'requestversionorlower') return 'http2-only';
  return tls && (major >= 2 || wanted === 'requestversionorhigher') ? 'http2' : undefined;
}

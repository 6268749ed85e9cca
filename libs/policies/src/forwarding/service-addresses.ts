import type { HeaderList } from '@portico/core';

export interface ServiceAddresses {
  /** Origin of the instance that answered, as `http://10.0.0.7:4001`. */
  readonly from: string;
  /** Public base URL, perhaps with a path, without a slash at its end; empty: addresses become relative. */
  readonly to: string;
}

/**
 * Writes the gateway's address in place of a service's: in Location, Content-Location and the targets of Link, and in the Domain of cookies, which is left out
 * where the gateway's host cannot have one. Other addresses, and relative ones, stay.
 */
export function rewriteServiceAddresses(headers: HeaderList, { from, to }: ServiceAddresses): void {
  let origins: readonly string[] | undefined;
  const address = (url: string): string => rewritten(url, (origins ??= spellings(from)), to);
  rewriteField(headers, 'location', address);
  rewriteField(headers, 'content-location', address);
  rewriteField(headers, 'link', (value) => rewriteTargets(value, address));
  rewriteField(headers, 'set-cookie', (value) => rewriteDomain(value, from, to));
}

function rewriteField(headers: HeaderList, name: string, rewrite: (value: string) => string): void {
  if (!headers.has(name)) return;
  const values = headers.all(name);
  const changed = values.map(rewrite);
  if (changed.every((value, index) => value === values[index])) return;
  headers.delete(name);
  for (const value of changed) headers.append(name, value);
}

function rewritten(url: string, origins: readonly string[], to: string): string {
  const authority = url.indexOf('//');
  if (authority === -1) return url;
  let end = authority + 2;
  while (end < url.length && !'/?#\\'.includes(url[end] as string)) end++;
  return origins.includes(url.slice(0, end).toLowerCase()) ? to + url.slice(end) : url;
}

/** Every way to write an origin: with and without its scheme, and the port that goes without saying. */
function spellings(from: string): readonly string[] {
  const { protocol, hostname, port } = new URL(from);
  const implied = protocol === 'https:' ? '443' : '80';
  const hosts = port === '' ? [hostname, `${hostname}:${implied}`] : [`${hostname}:${port}`];
  return hosts.flatMap((host) => [`${protocol}//${host}`, `//${host}`]);
}

/** The targets of a Link field stand between angle brackets, outside of quotes (RFC 8288 3). */
function rewriteTargets(value: string, address: (url: string) => string): string {
  let text = '';
  let quoted = false;
  for (let index = 0; index < value.length; index++) {
    const character = value[index] as string;
    const end = character === '<' && !quoted ? value.indexOf('>', index) : -1;
    if (end !== -1) {
      text += `<${address(value.slice(index + 1, end))}>`;
      index = end;
      continue;
    }
    if (character === '"') quoted = !quoted;
    text += character;
    if (character === '\\' && quoted && index + 1 < value.length) text += value[++index];
  }
  return text;
}

function rewriteDomain(cookie: string, from: string, to: string): string {
  const [pair = '', ...attributes] = cookie.split(';');
  const at = attributes.findIndex((attribute) => attribute.trimStart().slice(0, 7).toLowerCase() === 'domain=');
  if (at === -1) return cookie;
  const domain = (attributes[at] as string).trim().slice(7).trim().toLowerCase();
  if ((domain.startsWith('.') ? domain.slice(1) : domain) !== new URL(from).hostname) return cookie;
  const host = to === '' ? '' : new URL(to).hostname;
  // An address or a single word is no domain that a cookie may name (RFC 6265 5.1.3, 5.3).
  const mayName = host.includes('.') && !/^[\d.]+$|^\[/.test(host);
  return [pair, ...attributes.flatMap((attribute, index) => (index !== at ? [attribute] : mayName ? [` Domain=${host}`] : []))].join(';');
}

import { plainAddress } from './client-chain.js';

/** What the first element of a Forwarded field says besides the address. */
export interface ForwardedFacts {
  readonly host: string;
  readonly proto: string;
}

/** Writes a Forwarded field (RFC 7239) for those who passed a request on, the client first. */
export function writeForwarded(chain: readonly string[], { host, proto }: ForwardedFacts): string {
  return chain.map((address, index) => (index === 0 ? `for=${node(address)}${host === '' ? '' : `;host=${quotedIfNeeded(host)}`};proto=${quotedIfNeeded(proto)}` : `for=${node(address)}`)).join(', ');
}

/** The elements of a received Forwarded field from the client's own on, which is the last that names `address`; undefined when none does. */
export function forwardedFrom(received: string, address: string): string | undefined {
  const elements = splitUnquoted(received, ',');
  const client = plainAddress(address);
  const start = elements.findLastIndex((element) => forOf(element) === client);
  return start === -1 ? undefined : elements.slice(start).join(', ');
}

/** The `for` node of an element of a Forwarded field, for the peer: `for=192.0.2.1`. */
export function forwardedFor(address: string): string {
  return `for=${node(address)}`;
}

function forOf(element: string): string | undefined {
  for (const pair of splitUnquoted(element, ';')) {
    const end = pair.indexOf('=');
    if (pair.slice(0, end).trim().toLowerCase() !== 'for') continue;
    let value = pair.slice(end + 1).trim();
    if (value.startsWith('"') && value.endsWith('"')) value = value.slice(1, -1);
    if (value.startsWith('[')) return value.slice(1, value.indexOf(']'));
    const port = value.indexOf(':');
    return plainAddress(port === -1 ? value : value.slice(0, port));
  }
  return undefined;
}

function splitUnquoted(text: string, separator: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    else if (character === '\\' && quoted) index++;
    else if (character === separator && !quoted) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts.filter((part) => part !== '');
}

/** RFC 7239 6: an IPv6 address stands in brackets, hence in quotes. */
function node(address: string): string {
  return address.includes(':') ? `"[${address}]"` : quotedIfNeeded(address);
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function quotedIfNeeded(value: string): string {
  return token.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

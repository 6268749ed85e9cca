import { BlockList, isIPv4, isIPv6, SocketAddress } from 'node:net';

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const octets = /^(\d{1,3}\.\d{1,3}\.\d{1,3}\.)\d{1,3}$/;

interface Cidr {
  readonly base: string;
  readonly prefix: number;
}

/**
 * Addresses and networks of a configuration. An entry is an address, a network `10.0.0.0/8` or `10.0.0.0/255.0.0.0`, a range `10.0.0.1-10.0.0.9`,
 * or a range of the last part alone: `10.0.0.1-9`, `2001:db8::1-ff`. An IPv4 address that is mapped into IPv6 is that IPv4 address, on both sides;
 * apart from that an IPv6 network has no IPv4 address in it, `::/0` neither.
 */
export class AddressSet {
  readonly #v4 = new BlockList();
  readonly #v6 = new BlockList();

  /** @throws TypeError that names the entry which is none */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry.trim());
  }

  /** @param address as `canonicalAddress` writes it */
  has(address: string): boolean {
    return address.includes(':') ? this.#v6.check(address, 'ipv6') : this.#v4.check(address, 'ipv4');
  }

  #add(entry: string): void {
    if (entry.includes('/')) return this.#addNetwork(networkOf(entry));
    const dash = entry.indexOf('-');
    const from = canonical(dash < 0 ? entry : entry.slice(0, dash).trim(), entry);
    const to = dash < 0 ? from : lastOf(from, entry.slice(dash + 1).trim(), entry);
    if (from.includes(':') !== to.includes(':')) throw new TypeError(`${JSON.stringify(entry)} mixes IPv4 and IPv6`);
    try {
      if (from.includes(':')) this.#v6.addRange(from, to, 'ipv6');
      else this.#v4.addRange(from, to, 'ipv4');
    } catch (cause) {
      throw new TypeError(`${JSON.stringify(entry)} ends before it begins`, { cause });
    }
  }

  #addNetwork({ base, prefix }: Cidr): void {
    if (base.includes(':')) this.#v6.addSubnet(base, prefix, 'ipv6');
    else this.#v4.addSubnet(base, prefix, 'ipv4');
  }
}

/** An address in one way of writing: IPv4 where it is mapped into IPv6, else the short form of RFC 5952, without its zone. Undefined when it is none. */
export function canonicalAddress(address: string): string | undefined {
  if (isIPv4(address)) return address;
  const zone = address.indexOf('%');
  const bare = zone < 0 ? address : address.slice(0, zone);
  if (!isIPv6(bare)) return undefined;
  const short = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  return mapped.exec(short)?.[1] ?? short;
}

function canonical(text: string, entry: string): string {
  const address = text.includes('%') ? undefined : canonicalAddress(text);
  if (address === undefined) throw new TypeError(`${JSON.stringify(entry)} is no address, network or range`);
  return address;
}

function lastOf(from: string, text: string, entry: string): string {
  const [, head] = octets.exec(from) ?? [];
  if (head !== undefined && /^\d{1,3}$/.test(text)) return canonical(head + Number(text), entry);
  if (head === undefined && /^[\da-f]{1,4}$/i.test(text)) return canonical(withLastGroup(from, text), entry);
  return canonical(text, entry);
}

function withLastGroup(address: string, group: string): string {
  // `2001:db8::` has no last group to replace.
  return address.endsWith('::') ? address + group : address.slice(0, address.lastIndexOf(':') + 1) + group;
}

function networkOf(entry: string): Cidr {
  const [text = '', size = '', ...rest] = entry.split('/');
  const base = canonical(text.trim(), entry);
  const wide = base.includes(':');
  const written = /^\d{1,3}$/.test(size) ? Number(size) : wide ? NaN : maskLength(size);
  // A mapped network counts the 96 bits before the IPv4 address.
  const prefix = !wide && text.includes(':') ? written - 96 : written;
  if (rest.length > 0 || !(prefix >= 0 && prefix <= (wide ? 128 : 32))) throw new TypeError(`${JSON.stringify(entry)} is no network`);
  return { base, prefix };
}

/** Length of a netmask; not a number when its ones are not all at the front. */
function maskLength(mask: string): number {
  if (!isIPv4(mask)) return NaN;
  const bits = mask.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0).toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.lastIndexOf('1') + 1 : NaN;
}

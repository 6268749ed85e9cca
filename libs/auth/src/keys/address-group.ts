import { isIPv6 } from 'node:net';

/** What stands for an address in a count: an IPv4 address itself, mapped into IPv6 or not; of an IPv6 address its /64, which one customer has whole. */
export function addressGroup(address: string): string {
  const [plain = ''] = address.split('%', 1);
  if (!isIPv6(plain)) return address;
  // The URL parser brings every spelling into one form (RFC 5952), which has no dotted end.
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail ? tail.split(':') : [];
  const groups = [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back];
  if (groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff') return mapped(groups[6] as string, groups[7] as string);
  return `${groups.slice(0, 4).join(':')}::/64`;
}

function mapped(high: string, low: string): string {
  const [first, second] = [parseInt(high, 16), parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}

import { normalizeIp } from '@nestjs/throttler';

/** What stands for an address in a limit: an IPv4 address itself, mapped into IPv6 or not; of an IPv6 address its /64, which one customer has whole. */
export function addressGroup(address: string): string {
  return address.includes(':') ? normalizeIp(address, 64) : address;
}

import { PorticoError, type Policy } from '@portico/core';
import { addressesKey } from './address-filter.decorator.js';
import type { AddressFilterOptions } from './address-filter.options.js';
import { AddressSet, canonicalAddress } from './address-set.js';

const maxRemembered = 4_096;

/**
 * Serves an endpoint to the addresses only that its configuration or `@AddressFilter()` names. Denied addresses are looked at first; a list of allowed ones
 * excludes everybody else. The address is the client's as far as the trusted proxies vouch for it; one that cannot be read is refused.
 * Stands before authentication. Refuses with ADDRESS_FORBIDDEN.
 */
export function addressFilter(): Policy {
  return {
    name: 'address-filter',
    compile(endpoint) {
      const options = endpoint.declared<AddressFilterOptions>(addressesKey);
      if (!options || (options.allow.length === 0 && options.deny.length === 0)) return undefined;
      const serves = remembering(judgeOf(options));
      return {
        inbound({ address }) {
          if (!serves(address)) throw new PorticoError('ADDRESS_FORBIDDEN');
        },
      };
    },
  };
}

function judgeOf({ allow, deny, excludeAllowedFromDenied }: AddressFilterOptions): (address: string) => boolean {
  const allowed = new AddressSet(allow);
  const denied = new AddressSet(deny);
  const closed = allow.length > 0;
  return (written) => {
    const address = canonicalAddress(written);
    if (address === undefined) return false;
    if (denied.has(address) && !(excludeAllowedFromDenied && allowed.has(address))) return false;
    return !closed || allowed.has(address);
  };
}

// Reading an address and looking through the lists takes microseconds, and clients come back.
function remembering(judge: (address: string) => boolean): (address: string) => boolean {
  const verdicts = new Map<string, boolean>();
  return (address) => {
    const known = verdicts.get(address);
    if (known !== undefined) return known;
    const verdict = judge(address);
    if (verdicts.size >= maxRemembered) verdicts.delete(verdicts.keys().next().value as string);
    verdicts.set(address, verdict);
    return verdict;
  };
}

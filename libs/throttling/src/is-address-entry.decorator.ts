import { AddressSet } from './address-set.js';
import { isTextThat } from './is-text-that.js';

/** Holds every item of a list to what `AddressSet` takes. */
export function IsAddressEntry(): PropertyDecorator {
  return isTextThat('isAddressEntry', (text) => void new AddressSet([text]), { each: true });
}

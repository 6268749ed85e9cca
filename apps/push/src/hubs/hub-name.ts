import { PorticoError } from '@portico/core';

const hubName = /^[A-Za-z][A-Za-z0-9_`,.[\]]{0,127}$/;

/**
 * A hub's name as it is known here: in lower case, for clients and services write it in any.
 * @throws PorticoError `REQUEST_INVALID` for what is no name
 */
export function checkedHubName(text: string | undefined): string {
  if (text === undefined || !hubName.test(text)) {
    throw new PorticoError('REQUEST_INVALID', { detail: 'The name of a hub is missing or wrong: a letter, then at most 127 letters, digits or any of _ ` , . [ ].' });
  }
  return text.toLowerCase();
}

import { HeaderList } from '@portico/core';
import { fieldsNamedBy, hopByHop, withoutFields, type Treatment } from './field-treatment.js';

const treatments: ReadonlyMap<string, Treatment> = new Map(Object.entries(hopByHop));

/**
 * The header fields of a service's answer without those of its connection, in their order, repeated ones included.
 * @param fields names in lower case and values in turn
 */
export function responseHeaders(fields: readonly string[]): HeaderList {
  const kept: string[] = [];
  let connection: string | undefined;
  let chunked = false;
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] as string;
    const value = fields[index + 1] as string;
    const treatment = treatments.get(name);
    if (treatment === undefined) {
      if (!name.startsWith(':') && !name.startsWith('proxy-')) kept.push(name, value);
    } else if (treatment === 'connection') connection = connection === undefined ? value : `${connection},${value}`;
    else if (treatment === 'transfer-encoding') chunked = true;
  }
  const gone = connection === undefined ? undefined : fieldsNamedBy(connection);
  const list = HeaderList.of(gone ? withoutFields(kept, gone) : kept);
  if (chunked) list.delete('content-length');
  return list;
}

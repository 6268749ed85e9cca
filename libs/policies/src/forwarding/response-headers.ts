import { HeaderList } from '@portico/core';
import { fieldsNamedBy, hopByHop, type Treatment } from './field-treatment.js';

const treatments: ReadonlyMap<string, Treatment> = new Map(Object.entries(hopByHop));

/** The header fields of a service's answer without those of its connection, in their order, repeated ones included. */
export function responseHeaders(fields: Iterable<readonly [name: string, value: string]>): HeaderList {
  let kept = new HeaderList();
  let connection: string | undefined;
  let chunked = false;
  for (const [sent, value] of fields) {
    const name = sent.toLowerCase();
    const treatment = treatments.get(name);
    if (treatment === undefined) {
      if (!name.startsWith(':') && !name.startsWith('proxy-')) kept.append(name, value);
    } else if (treatment === 'connection') connection = connection === undefined ? value : `${connection},${value}`;
    else if (treatment === 'transfer-encoding') chunked = true;
  }
  const gone = connection === undefined ? undefined : fieldsNamedBy(connection);
  if (gone) kept = new HeaderList([...kept].filter(([name]) => !gone.has(name)));
  if (chunked) kept.delete('content-length');
  return kept;
}

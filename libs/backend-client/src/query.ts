import { percentEncode } from './percent-encode.js';

/** A query: undefined values are left out, arrays become one comma-separated value. */
export type Query = Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;

/** Writes a query with its leading `?`, or nothing. Order is that of the object. */
export function writeQuery(query: Query | undefined): string {
  if (!query) return '';
  let text = '';
  for (const name in query) {
    const value = query[name];
    if (value === undefined) continue;
    const written = typeof value === 'object' ? value.map((item) => percentEncode(item)).join(',') : percentEncode(value as string);
    text += `${text === '' ? '?' : '&'}${percentEncode(name)}=${written}`;
  }
  return text;
}

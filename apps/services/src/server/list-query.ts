import Type from 'typebox';
import { badRequest } from './http-error.js';

/** The most ids one request may ask for. */
export const maxIds = 200;

/** Query of the batch operations: `?ids=a,b,c`. */
export const IdsQuery = Type.Object({ ids: Type.String({ description: `At most ${maxIds} ids, separated by commas. Unknown ids are left out of the answer.` }) });

/** `limit` and `offset` of a list. */
export const paging = (limit: number, most: number) => ({
  limit: Type.Integer({ minimum: 1, maximum: most, default: limit }),
  offset: Type.Integer({ minimum: 0, default: 0 }),
});

/** Splits `a,b,c`; each id once. Throws 400 for more than {@link maxIds}. */
export function parseIds(text: string): string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim()))].filter((id) => id !== '');
  if (ids.length > maxIds) throw badRequest(`ids: at most ${maxIds}, got ${ids.length}`);
  return ids;
}

/** Looks ids up and leaves out the unknown ones. */
export function lookUp<T>(ids: readonly string[], find: (id: string) => T | undefined): T[] {
  const known: T[] = [];
  for (const id of ids) {
    const value = find(id);
    if (value !== undefined) known.push(value);
  }
  return known;
}

import { createHash } from 'node:crypto';

/** What a cursor belongs to: pages of another search would not follow each other. */
export interface Search {
  readonly q?: unknown;
  readonly category?: unknown;
  readonly sort?: unknown;
}

const maxOffset = 1_000_000;

function fingerprint({ q, category, sort }: Search): string {
  return createHash('sha256').update(JSON.stringify([q ?? '', category ?? '', sort ?? ''])).digest('base64url').slice(0, 8);
}

/** The cursor of the page of `search` that begins at `offset`. To the client it is a word without meaning. */
export function writeCursor(search: Search, offset: number): string {
  return Buffer.from(`${offset}.${fingerprint(search)}`).toString('base64url');
}

/** Where the page of a cursor begins; undefined when `cursor` was never given out for `search`. */
export function readCursor(search: Search, cursor: unknown): number | undefined {
  if (typeof cursor !== 'string' || cursor.length > 40) return undefined;
  const [offset = '', print] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  if (!/^[1-9]\d{0,6}$/.test(offset) || print !== fingerprint(search)) return undefined;
  const position = Number(offset);
  return position <= maxOffset && writeCursor(search, position) === cursor ? position : undefined;
}

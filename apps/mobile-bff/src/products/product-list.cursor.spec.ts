import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './product-list.cursor.js';

const search = { q: 'lamp', sort: 'price' };

describe('a cursor', () => {
  it.each([1, 10, 1_190, 1_000_000])('leads back to offset %i', (offset) => {
    expect(readCursor(search, writeCursor(search, offset))).toBe(offset);
  });

  it('survives a change of anything but the search', () => {
    expect(readCursor({ ...search, imageWidth: 640 } as object, writeCursor(search, 10))).toBe(10);
  });

  it.each([{ q: 'lamps' }, { sort: 'name' }, { category: 'garden' }])('is refused when the search changes by %j', (change) => {
    expect(readCursor({ ...search, ...change }, writeCursor(search, 10))).toBeUndefined();
  });

  it.each(['', '10', 'AAAA', '!!!!', 'x'.repeat(41), `${writeCursor(search, 10)}=`, writeCursor(search, 0), writeCursor(search, -10), writeCursor(search, 1.5), writeCursor(search, 1_000_001), 7, null, ['a']])(
    'is refused when it is %j, which was never given out',
    (cursor) => {
      expect(readCursor(search, cursor)).toBeUndefined();
    },
  );

  it('tells no offset to a reader', () => {
    expect(writeCursor(search, 1_190)).not.toContain('1190');
  });
});

import { isPorticoError } from '@portico/core';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { defineViewModel, Nullable } from './index.js';

const view = defineViewModel(
  'Product',
  Type.Object({
    id: Type.String(),
    price: Nullable(Type.Object({ amountCents: Type.Integer() })),
    images: Type.Array(Type.Object({ url: Type.String() })),
    note: Type.Optional(Type.String()),
  }),
);

const product = { id: 'p-1', price: { amountCents: 5, cost: 1 }, images: [{ url: '/a', secret: 1 }], supplier: 'x' };

function codeOf(write: () => unknown): string | undefined {
  try {
    write();
  } catch (error) {
    return isPorticoError(error) ? error.code : String(error);
  }
  return undefined;
}

describe('ViewModel', () => {
  it('lets only named fields out, in nested objects and arrays too', () => {
    expect(JSON.parse(view.write(product))).toEqual({ id: 'p-1', price: { amountCents: 5 }, images: [{ url: '/a' }] });
  });

  it('writes null where a field may be null', () => {
    expect(JSON.parse(view.write({ ...product, price: null })).price).toBeNull();
  });

  it.each([['a string', 'text'], ['binary data', Buffer.from('x')], ['an array', []], ['null', null], ['nothing', undefined]])(
    'refuses %s instead of sending it untrimmed',
    (_, value) => {
      expect(codeOf(() => view.write(value as never))).toBe('VIEW_MODEL_BYPASSED');
    },
  );

  it('names a missing or unfit field in the cause of its error, not in the error for the client', () => {
    expect(codeOf(() => view.write({ images: [] } as never))).toBe('VIEW_MODEL_MISMATCH');
    expect(codeOf(() => view.write({ ...product, price: { amountCents: 'much' } } as never))).toBe('VIEW_MODEL_MISMATCH');
  });

  it('refuses at definition every schema that lets unnamed fields out, and names all places', () => {
    const open = Type.Object({
      a: Type.Any(),
      b: Type.Record(Type.String(), Type.String()),
      c: Type.Object({ d: Type.Array(Type.Unknown()) }, { additionalProperties: true }),
    });
    expect(() => defineViewModel('Open', open)).toThrow(/\$\.a: [\s\S]*\$\.b: [\s\S]*\$\.c: [\s\S]*\$\.c\.d\[\]: /);
    expect(() => defineViewModel('Text', Type.String())).toThrow('a view model is an object');
  });
});

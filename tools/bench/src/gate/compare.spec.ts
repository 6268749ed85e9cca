import { describe, expect, it } from 'vitest';
import { differences } from './compare.mjs';

const model = { id: 'p-1', price: { amountCents: 1999 }, lines: [{ rating: 5 }, { rating: 4 }], reviews: null };

describe('the comparison of the gate', () => {
  it('is content with the same JSON in another key order', () => {
    expect(differences(model, { reviews: null, lines: [{ rating: 5 }, { rating: 4 }], price: { amountCents: 1999 }, id: 'p-1' })).toEqual([]);
  });

  it('names a wrong value by its path', () => {
    expect(differences(model, { ...model, price: { amountCents: '1999' } })).toEqual(['$.price.amountCents: expected 1999, got "1999"']);
  });

  it('reports a field that a view model should have dropped', () => {
    expect(differences(model, { ...model, price: { amountCents: 1999, supplierCostCents: 7 } })).toEqual(['$.price.supplierCostCents: not in the view model']);
  });

  it('reports a missing field, and does not take it for null', () => {
    const { reviews: _reviews, ...rest } = model;
    expect(differences(model, rest)).toEqual(['$.reviews: missing']);
  });

  it('reports an array that was not trimmed, or joined in another order', () => {
    expect(differences(model, { ...model, lines: [{ rating: 4 }, { rating: 5 }, { rating: 1 }] })).toEqual([
      '$.lines: expected 2 elements, got 3',
      '$.lines[0].rating: expected 5, got 4',
      '$.lines[1].rating: expected 4, got 5',
    ]);
  });

  it('tells objects, arrays, null and scalars apart', () => {
    expect(differences({ a: {} }, { a: [] })).toHaveLength(1);
    expect(differences({ a: [] }, { a: {} })).toHaveLength(1);
    expect(differences({ a: {} }, { a: null })).toHaveLength(1);
    expect(differences({ a: null }, { a: {} })).toHaveLength(1);
    expect(differences({ a: 1 }, undefined)).toHaveLength(1);
  });
});

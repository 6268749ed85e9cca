import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { assertWithinBudget, defineViewModel, weigh } from './index.js';

const view = defineViewModel('Small', Type.Object({ name: Type.String(), lines: Type.Array(Type.Object({ text: Type.String() })) }), { budgetBytes: 100 });

describe('budget', () => {
  it('accepts an answer of exactly the budget and refuses one byte more', () => {
    const json = view.write({ name: 'x'.repeat(100 - view.write({ name: '', lines: [] }).length), lines: [] });
    expect(json.length).toBe(100);
    expect(() => assertWithinBudget(view, json)).not.toThrow();
    expect(() => assertWithinBudget(view, `${json} `)).toThrow('101 bytes of 100');
  });

  it('names the field that weighs most, array items together', () => {
    const json = view.write({ name: 'short', lines: [{ text: 'x'.repeat(60) }, { text: 'y'.repeat(60) }] });
    expect(() => assertWithinBudget(view, json)).toThrow('$.lines[].text: 138 bytes');
  });

  it('counts bytes of UTF-8, not characters', () => {
    expect(weigh('{"name":"ü"}').bytes).toBe(13);
  });
});

import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { compileWriter } from './compile-writer.js';
import { Nullable } from './nullable.js';
import type { SchemaNode } from './schema-node.js';

const write = (schema: unknown, value: unknown): string => compileWriter(schema as SchemaNode, 'View')(value);

describe('compileWriter', () => {
  it('writes the same JSON as JSON.stringify for what the schema names', () => {
    const schema = Type.Object({
      text: Type.String(),
      number: Type.Number(),
      yes: Type.Boolean(),
      list: Type.Array(Type.Object({ id: Type.Integer() })),
      kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
      maybe: Nullable(Type.String()),
      either: Type.Union([Type.String(), Type.Null()]),
    });
    const value = { text: 'x', number: -1.5e21, yes: false, list: [{ id: 0 }, { id: -7 }], kind: 'b', maybe: null, either: null };
    expect(write(schema, { ...value, extra: 1 })).toBe(JSON.stringify(value));
  });

  it.each(['"', '\\', '\n', '\u0000', '\u001f', '\u007f', '\u2028', 'ü', '😀', '\ud800', '</script>', ''])('escapes %j as JSON does', (text) => {
    expect(write(Type.String(), text)).toBe(JSON.stringify(text));
  });

  it('leaves out an optional field that is absent, and only that', () => {
    const schema = Type.Object({ a: Type.Optional(Type.String()), b: Type.String() });
    expect(write(schema, { b: 'x' })).toBe('{"b":"x"}');
    expect(() => write(schema, { a: 'x' })).toThrow('View.b must be a string and is undefined');
    expect(() => write(schema, { a: null, b: 'x' })).toThrow('View.a must be a string and is null');
  });

  it.each([
    [Type.String(), 1],
    [Type.Integer(), 1.5],
    [Type.Integer(), '1'],
    [Type.Number(), Number.NaN],
    [Type.Number(), Number.POSITIVE_INFINITY],
    [Type.Boolean(), 'true'],
    [Type.Array(Type.String()), { length: 1, 0: 'x' }],
    [Type.Object({}), []],
    [Type.Null(), undefined],
    [Type.Literal('a'), 'b'],
    [Nullable(Type.String()), undefined],
  ])('refuses a value of another type instead of coercing it: %j, %j', (schema, value) => {
    expect(() => write(schema, value)).toThrow(/must be/);
  });

  it('never runs what a value brings along', () => {
    const sneaky = { id: 'a', toJSON: () => ({ secret: 1 }) };
    expect(write(Type.Object({ id: Type.String() }), sneaky)).toBe('{"id":"a"}');
  });

  it('writes a field called __proto__ only when it is named', () => {
    const value = JSON.parse('{"id":"a","__proto__":{"id":"b"}}') as unknown;
    expect(write(Type.Object({ id: Type.String() }), value)).toBe('{"id":"a"}');
  });
});

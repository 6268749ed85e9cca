import { defineService } from '@portico/backend-client';
import Type from 'typebox';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineAggregate, type Joined, type Part } from './index.js';

const read = defineService('shop').get('/things/:id', { reads: Type.Object({ name: Type.String() }) });
const list = defineService('shop').get('/things', { reads: Type.Array(Type.Object({ id: Type.String() })) });
const call = () => read({ params: { id: '1' } });
type Thing = { name: string };

describe('defineAggregate', () => {
  it('names its parts in their order', () => {
    const aggregate = defineAggregate('page').required('one', call).optional('two', call).into(() => 1);
    expect([aggregate.name, aggregate.parts]).toEqual(['page', ['one', 'two']]);
  });

  it('knows the type of each part by what it is', () => {
    defineAggregate<{ id: string }>('page')
      .required('one', call)
      .optional('two', call)
      .withDefault('three', { name: 'x' }, call)
      .join('four', { ids: () => [], fetch: () => list(), key: (item) => item.id })
      .into(({ input, one, two, three, four }) => {
        expectTypeOf(input).toEqualTypeOf<{ id: string }>();
        expectTypeOf(one).toEqualTypeOf<Thing>();
        expectTypeOf(two).toEqualTypeOf<Part<Thing>>();
        expectTypeOf(three).toEqualTypeOf<Thing>();
        expectTypeOf(four).toEqualTypeOf<Joined<{ id: string }>>();
      });
  });

  it('does not compile when an optional part is read without a look whether it is there', () => {
    const aggregate = defineAggregate('page').optional('maybe', call);
    // @ts-expect-error the value is behind `ok`
    aggregate.into(({ maybe }) => maybe.value.name);
    // @ts-expect-error a part is not its value
    aggregate.into(({ maybe }) => maybe.name);
    aggregate.into(({ maybe }) => (maybe.ok ? maybe.value.name : maybe.reason));
    // @ts-expect-error nor may another part read it unchecked
    aggregate.required('next', ({ maybe }) => read({ params: { id: maybe.value.name } }), { after: ['maybe'] });
  });

  it('does not compile when a part uses one that it does not wait for', () => {
    // @ts-expect-error `one` is not named in `after`
    defineAggregate('page').required('one', call).required('two', ({ one }) => read({ params: { id: one.name } }));
  });

  it('does not compile when the default is of another type', () => {
    // @ts-expect-error a number is no name
    defineAggregate('page').withDefault('one', { name: 1 }, call);
  });

  it('refuses a part that waits for one that does not stand before it', () => {
    // @ts-expect-error there is no such part
    expect(() => defineAggregate('page').required('one', call, { after: ['two'] })).toThrow('The part one of page needs two, which does not stand before it');
    // @ts-expect-error nor can a part wait for itself
    expect(() => defineAggregate('page').required('one', call, { after: ['one'] })).toThrow('needs one');
  });

  it('refuses two parts of one name', () => {
    // @ts-expect-error the name is taken
    expect(() => defineAggregate('page').required('one', call).optional('one', call)).toThrow('page has two parts called one');
    // @ts-expect-error joins are parts too
    expect(() => defineAggregate('page').required('one', call).join('one', { ids: () => [], fetch: () => list(), key: () => '' })).toThrow('two parts called one');
  });

  it.each(['input', 'caller'])('refuses the reserved name %s', (name) => {
    expect(() => defineAggregate('page').required(name as string, call)).toThrow(`A part of page cannot be called ${name}`);
  });

  it.each(['', 'a b', 'a,b', 'x;reason=y', 'x\r\nset-cookie: a=b', 'é', '1a', '__proto__'])('refuses the name %j, which could not stand in a header field', (name) => {
    expect(() => defineAggregate('page').required(name, call)).toThrow('cannot be called');
  });

  it.each([0, -0.1, 1.1, NaN])('refuses a share of %d', (share) => {
    expect(() => defineAggregate('page').required('one', call, { share })).toThrow('The share of one in page must be above 0 and at most 1');
  });

  it('refuses shares along a chain that exceed the deadline, and takes them side by side', () => {
    const first = defineAggregate('page').required('one', call, { share: 0.7 });
    expect(() => first.required('two', call, { share: 0.4, after: ['one'] }).into(() => 1)).toThrow('The part two gets no time');
    expect(first.required('two', call, { share: 0.4 }).into(() => 1).parts).toHaveLength(2);
  });

  it.each([0, 1.5, -1])('refuses a chunk size of %d', (chunkSize) => {
    expect(() => defineAggregate('page').join('one', { ids: () => [], fetch: () => list(), key: () => '', chunkSize })).toThrow('needs a chunkSize of at least 1');
  });

  it('leaves a definition as it was when another goes on from it', () => {
    const base = defineAggregate('page').required('one', call);
    base.required('two', call);
    expect(base.into(() => 1).parts).toEqual(['one']);
  });
});

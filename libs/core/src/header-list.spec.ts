import { describe, expect, it } from 'vitest';
import { HeaderList } from './header-list.js';

describe('a list of header fields', () => {
  const list = () => new HeaderList([['X-A', '1'], ['set-cookie', 'a=1'], ['Set-Cookie', 'b=2'], ['x-c', '']]);

  it('keeps order and repetition, with names in lower case', () => {
    expect([...list()]).toEqual([['x-a', '1'], ['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x-c', '']]);
    expect(list().inTurn()).toEqual(['x-a', '1', 'set-cookie', 'a=1', 'set-cookie', 'b=2', 'x-c', '']);
  });

  it('joins the values of a repeated field, or gives each', () => {
    expect([list().get('set-cookie'), list().all('set-cookie'), list().get('x-b'), list().all('x-b')]).toEqual(['a=1, b=2', ['a=1', 'b=2'], undefined, []]);
  });

  it('has a field that is empty, and none that is only a value', () => {
    expect([list().has('x-c'), list().has('a=1'), list().all('1')]).toEqual([true, false, []]);
  });

  it('replaces and removes every value of a field, and adds to those that are there', () => {
    const changed = list();
    changed.set('set-cookie', 'c=3');
    changed.delete('x-a');
    changed.append('x-c', '2');
    expect(changed.inTurn()).toEqual(['x-c', '', 'set-cookie', 'c=3', 'x-c', '2']);
  });

  it('is made of names and values in turn without a copy, and gives a copy away', () => {
    const given = HeaderList.of(['x-a', '1']);
    given.inTurn().push('x-b', '2');
    expect([...given]).toEqual([['x-a', '1']]);
  });
});

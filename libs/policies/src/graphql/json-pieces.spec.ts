import { expect, it } from 'vitest';
import { jsonItems, jsonMembers, writeMembers } from './json-pieces.js';

it.each([
  ['{}', []],
  [' { "a" : 1 , "b":[1,{"c":2}],"d":"x,}\\"]" } ', [['a', '1'], ['b', '[1,{"c":2}]'], ['d', '"x,}\\"]"']]],
  ['{"a":12345678901234567890}', [['a', '12345678901234567890']]],
  ['{"a":1,"a":2}', [['a', '1'], ['a', '2']]],
  ['{"\\u0071uery":"\\\\","k\\":":null}', [['query', '"\\\\"'], ['k":', 'null']]],
  ['{"a":\n\t{ "b": [ ] }\r\n}', [['a', '{ "b": [ ] }']]],
])('takes the members of %j as they are written', (json, members) => {
  expect(jsonMembers(json)).toEqual(members);
});

it.each([
  ['[]', []],
  ['[1, {"a":[2,3]} ,"x,y" ]', ['1', '{"a":[2,3]}', '"x,y"']],
  ['[[[]],{}]', ['[[]]', '{}']],
])('takes the items of %j as they are written', (json, items) => {
  expect(jsonItems(json)).toEqual(items);
});

it('writes members into an object', () => {
  expect(writeMembers([['a"', '1.50'], ['b', '[ ]']])).toBe('{"a\\"":1.50,"b":[ ]}');
});

import { describe, expect, it } from 'vitest';
import { parseClaimExpression } from './claim-expression.js';
import { claimText } from './claim-text.js';

const claims = JSON.parse(`{
  "sub": "admin|77", "scope": "a b", "level": 3, "admin": true, "none": null, "empty": "", "nothing": [],
  "roles": ["buyer", "seller"], "mixed": [1, null, {"a": 1}, "x", false], "split": "s",
  "address": {"city": "Graz", "zip-code": "8010", "lines": [{"text": "first"}, {"text": "second"}], "a.b": "dotted"},
  "https://shop.example/roles": ["owner"], "cognito:groups": ["g1"], "custom/plan": "gold", "it's": "quoted",
  "__proto__": {"polluted": "yes"}
}`) as Record<string, unknown>;

describe('A claim expression', () => {
  it.each<[string, unknown]>([
    ['sub', 'admin|77'],
    ['address.city', 'Graz'],
    ['address.zip-code', '8010'],
    ["address['zip-code']", '8010'],
    ["address.'a.b'", 'dotted'],
    ['address["a.b"]', 'dotted'],
    ['address.lines[1].text', 'second'],
    ['roles[0]', 'buyer'],
    ["'https://shop.example/roles'[0]", 'owner'],
    ['"cognito:groups"[0]', 'g1'],
    ['cognito:groups[0]', 'g1'],
    ['custom/plan', 'gold'],
    ['["https://shop.example/roles"][0]', 'owner'],
    ['"it\'s"', 'quoted'],
    ["sub.split('|')[0]", 'admin'],
    ["sub.split('|')[1]", '77'],
    ['sub.split("|")[1]', '77'],
    ["scope.split(' ')", ['a', 'b']],
    ['split', 's'],
    ["roles[1].split('ll')[1]", 'er'],
    ['level', '3'],
    ['admin', 'true'],
    ['empty', ''],
    ['mixed', ['1', 'x', 'false']],
  ])('%s finds %j', (source, found) => {
    expect(claimText(parseClaimExpression(source).read(claims))).toEqual(found);
  });

  it.each([
    'missing',
    'none',
    'nothing',
    'address',
    'address.street',
    'address.city.length',
    'sub.length',
    'sub[0]',
    'roles[2]',
    'roles.length',
    "roles['0']",
    'roles.push',
    'mixed[2]',
    "sub.split('|')[24]",
    "roles.split(',')[0]",
    "level.split('3')[0]",
    'constructor',
    'constructor.name',
    'toString',
    'hasOwnProperty',
    'address.constructor.name',
    'address.__proto__',
    "sub.split('|')['length']",
  ])('%s finds nothing', (source) => {
    expect(claimText(parseClaimExpression(source).read(claims))).toBeUndefined();
  });

  it('finds nothing that the claims only inherit', () => {
    expect(parseClaimExpression('polluted').read(claims)).toBeUndefined();
    expect(parseClaimExpression('x').read(Object.create({ x: 1 }) as Record<string, unknown>)).toBeUndefined();
  });

  it('is optional with a question mark at its end, inside of quotes it is part of the name', () => {
    expect(parseClaimExpression('sub?')).toMatchObject({ optional: true, source: 'sub?' });
    expect(parseClaimExpression("'sub?'")).toMatchObject({ optional: false });
    expect(parseClaimExpression("'sub?'").read({ 'sub?': 'x' })).toBe('x');
  });

  it.each(['', '?', '.a', 'a.', 'a..b', 'a[', 'a[]', 'a[-1]', 'a[1', 'a[99999]', "''", "'a", 'a b', '[0]', 'a:b c', 'https://x.y/roles', "a.split('')", 'a.split(x)', "a.split('|'", 'Claims[sub] > value', '0a', 'a??'])('is refused when written as %j', (source) => {
    expect(() => parseClaimExpression(source)).toThrow(TypeError);
    expect(() => parseClaimExpression(source)).toThrow(JSON.stringify(source));
  });
});

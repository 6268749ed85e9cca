import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { anonymousCaller, HeaderList, type Caller, type Endpoint, type ForwardRequest, type PorticoError, type RequestContext, type Resolve } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { claims, ClaimsOptions, RequireClaims } from './index.js';

const resolve = (() => undefined) as unknown as Resolve;
const user = (held: Record<string, unknown>): Caller => ({ ...anonymousCaller, kind: 'user', id: 'u1', key: 'user:3:app:u1', claims: held });
const endpoint = (options: Partial<ClaimsOptions>, kind: Endpoint['kind'] = 'route'): Endpoint => {
  const declared = Object.assign(new ClaimsOptions(), options);
  return { kind, name: 'members', method: '', path: '/members/{userId}', declared: <T>(key: string) => (key === 'portico:claims' ? (declared as T) : undefined) };
};

type Asking = { caller?: Caller; headers?: [string, string][]; query?: string; values?: Record<string, string> };
type Asked = { context: RequestContext; forward: ForwardRequest };
function ask(options: Partial<ClaimsOptions>, held: Record<string, unknown>, { caller = user(held), headers = [], query = '', values = {} }: Asking = {}): Asked {
  const context = testContext({ endpoint: endpoint(options) });
  context.caller = caller;
  const forward: ForwardRequest = { service: 'members', method: 'GET', path: '/', query, headers: new HeaderList(headers), values: { ...values }, body: undefined, serviceBaseUrl: undefined };
  context.forward = forward;
  expect(claims().compile(context.endpoint, resolve)?.inbound?.(context)).toBeUndefined();
  return { context, forward };
}
function refusal(options: Partial<ClaimsOptions>, held: Record<string, unknown>, asking?: Asking): PorticoError {
  try {
    ask(options, held, asking);
  } catch (error) {
    return error as PorticoError;
  }
  throw new Error('The request was let through');
}

describe('Required claims', () => {
  const met: [string, Record<string, string[]>, Record<string, unknown>, Record<string, string>?][] = [
    ['a value that is accepted', { type: ['registered'] }, { type: 'registered' }],
    ['one of several accepted ones', { type: ['a', 'b'] }, { type: 'b' }],
    ['one of several held ones', { roles: ['admin'] }, { roles: ['buyer', 'admin'] }],
    ['a number and a boolean as text', { level: ['3'], ok: ['true'] }, { level: 3, ok: true }],
    ['a nested claim', { 'address.country': ['AT'] }, { address: { country: 'AT' } }],
    ['a claim named by a URL', { "'https://x.example/roles'": ['owner'] }, { 'https://x.example/roles': ['owner'] }],
    ['a piece of a claim', { "sub.split('|')[0]": ['admin'] }, { sub: 'admin|77' }],
    ['what the match caught', { userId: ['{userId}'] }, { userId: '14' }, { userId: '14' }],
    ['what the match caught, or a text beside it', { userId: ['{userId}', 'any'] }, { userId: 'any' }, { userId: '14' }],
    ['a missing one that is optional', { 'type?': ['registered'] }, {}],
  ];
  it.each(met)('are met by %s', (_name, require, held, values = {}) => {
    ask({ require }, held, { values });
  });

  const unmet: [string, Record<string, string[]>, Record<string, unknown>, Record<string, string>?][] = [
    ['another value', { type: ['registered'] }, { type: 'guest' }],
    ['another case of the value', { type: ['registered'] }, { type: 'Registered' }],
    ['another case of the name', { type: ['registered'] }, { Type: 'registered' }],
    ['nothing', { type: ['registered'] }, {}],
    ['one of two', { a: ['1'], b: ['1'] }, { a: '1' }],
    ['null, even for the text null', { type: ['null'] }, { type: null }],
    ['an object', { type: ['[object Object]'] }, { type: {} }],
    ['a text that only contains it', { roles: ['admin'] }, { roles: 'buyer admin' }],
    ['another value where it is optional', { 'type?': ['registered'] }, { type: 'guest' }],
    ['the prototype', { constructor: ['function Object() { [native code] }'] }, {}],
    ['a name inherited by the values of the match', { x: ['{constructor}'] }, { x: String(Object) }],
    ['what the match did not catch', { userId: ['{userId}'] }, { userId: '14' }],
    ['another one than the match caught', { userId: ['{userId}'] }, { userId: '14' }, { userId: '15' }],
    ['an empty claim, for an empty placeholder', { userId: ['{rest}'] }, { userId: '' }, { rest: '' }],
    ['the text of the placeholder itself', { userId: ['{userId}'] }, { userId: '{userId}' }, { userId: '14' }],
  ];
  it.each(unmet)('are not met by %s', (_name, require, held, values = {}) => {
    expect(refusal({ require }, held, { values })).toMatchObject({ code: 'CLAIM_INSUFFICIENT', status: 403, detail: undefined });
  });

  it('are asked from who is anonymous by a challenge', () => {
    expect(refusal({ require: { type: ['a'] } }, {}, { caller: anonymousCaller })).toMatchObject({ code: 'TOKEN_MISSING', headers: { 'www-authenticate': 'Bearer' } });
  });

  it('may be derived from others', () => {
    const toClaims = { UserType: "sub.split('|')[0]", Short: "UserType.split('m')[0]" };
    ask({ toClaims, require: { UserType: ['admin'], Short: ['ad'] } }, { sub: 'admin|77' });
    expect(refusal({ toClaims, require: { UserType: ['admin'] } }, { sub: 'guest|77', UserType: 'admin' }).code).toBe('CLAIM_INSUFFICIENT');
    expect(ask({ toClaims: { sub: "sub.split('|')[1]" }, toHeaders: { 'x-user': 'sub' } }, { sub: 'a|77' }).forward.headers.get('x-user')).toBe('77');
  });
});

describe('Claims to header fields', () => {
  const written = (value: unknown) => ask({ toHeaders: { 'X-Value': 'value' } }, { value }).forward.headers.all('x-value');

  it('carry claims and pieces of claims', () => {
    const toHeaders = { CustomerId: 'CustomerId', UserType: "sub.split('|')[0]", UserId: "sub.split('|')[1]" };
    expect([...ask({ toHeaders }, { sub: 'registered|77', CustomerId: 111 }).forward.headers]).toEqual([
      ['customerid', '111'],
      ['usertype', 'registered'],
      ['userid', '77'],
    ]);
  });

  it.each<[string, unknown, string]>([
    ['plain text as it is', "a b;c='d'/{}~", "a b;c='d'/{}~"],
    ['a line break', 'a\r\nx-admin: 1', 'a%0D%0Ax-admin: 1'],
    ['a NUL and a DEL', '\0\x7f', '%00%7F'],
    ['other alphabets', 'Jörg 李', 'J%C3%B6rg %E6%9D%8E'],
    ['a percent sign, so that decoding is always right', '100%', '100%25'],
    ['spaces at the ends', ' a b ', '%20a b%20'],
    ['half a surrogate pair', '\ud800', '%EF%BF%BD'],
    ['an empty text', '', ''],
    ['a list', ['a', 'b c'], 'a,b c'],
    ['a comma inside a list, so that one item stays one', ['buyer,admin', 'x'], 'buyer%2Cadmin,x'],
    ['a comma in the only item of a list', ['buyer,admin'], 'buyer%2Cadmin'],
    ['a comma in a text', 'Doe, Jane', 'Doe, Jane'],
  ])('write %s', (_name, value, text) => {
    expect(written(value)).toEqual([text]);
  });

  it('replace every copy that the client sent, in any spelling a service may take for it', () => {
    const headers: [string, string][] = [['X-User', 'root'], ['x_user', 'root'], ['x-user', 'admin'], ['X-Users', 'kept'], ['x-other', 'kept']];
    expect([...ask({ toHeaders: { 'x-user': 'sub' } }, { sub: 'u1' }, { headers }).forward.headers]).toEqual([
      ['x-users', 'kept'],
      ['x-other', 'kept'],
      ['x-user', 'u1'],
    ]);
  });

  it.each<[string, Record<string, unknown>, Caller?]>([
    ['missing', {}],
    ['an object', { sub: {} }],
    ['not there because nobody is', {}, anonymousCaller],
  ])('remove the client\'s copy when an optional claim is %s', (_name, held, caller = user(held)) => {
    expect([...ask({ toHeaders: { 'x-user': 'sub?' } }, held, { caller, headers: [['x-user', 'root'], ['X_USER', 'root']] }).forward.headers]).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['is missing', {}],
    ['has too few pieces', { sub: 'registered|4321' }],
    ['is an object', { sub: { a: 1 } }],
  ])('are refused when a needed claim %s', (_name, held) => {
    expect(refusal({ toHeaders: { 'x-piece': "sub.split('|')[24]" } }, held).code).toBe('CLAIM_INSUFFICIENT');
  });

  it('are refused when a claim is thousands of characters long, also an optional one', () => {
    expect(written('x'.repeat(4_096))).toHaveLength(1);
    for (const sub of ['x'.repeat(4_097), Array.from({ length: 2_049 }, () => 'x')]) expect(refusal({ toHeaders: { 'x-user': 'sub?' } }, { sub }).code).toBe('CLAIM_INSUFFICIENT');
  });
});

describe('Claims to query parameters', () => {
  const query = (sent: string, held: Record<string, unknown>, toQuery: Record<string, string> = { userId: 'sub' }) => ask({ toQuery }, held, { query: sent }).forward.query;

  it.each<[string, string, Record<string, unknown>, string]>([
    ['follow what the client sent, untouched', 'test=1&test=2&x=a+b%2f', { sub: '77' }, 'test=1&test=2&x=a+b%2f&userId=77'],
    ['stand alone where it sent nothing', '', { sub: '77' }, 'userId=77'],
    ['replace every copy of the client', 'userId=1&a=2&userId=3', { sub: '77' }, 'a=2&userId=77'],
    ['replace copies in another case or encoding, and without a value', 'USERID=1&%75serId=2&userId&user%49d=3', { sub: '77' }, 'userId=77'],
    ['leave alone a name that cannot be decoded', '%E0%A4=1', { sub: '77' }, '%E0%A4=1&userId=77'],
    ['are encoded', '', { sub: 'a&admin=1#ö\ud800' }, 'userId=a%26admin%3D1%23%C3%B6%EF%BF%BD'],
    ['repeat for a list', '', { sub: ['a', 'b'] }, 'userId=a&userId=b'],
  ])('%s', (_name, sent, held, expected) => {
    expect(query(sent, held)).toBe(expected);
  });

  it("remove the client's copy when an optional claim is missing", () => {
    expect(query('userId=1&a=2', {}, { userId: 'sub?' })).toBe('a=2');
  });

  it('are refused when a needed claim is missing', () => {
    expect(refusal({ toQuery: { userId: 'sub' } }, {}).code).toBe('CLAIM_INSUFFICIENT');
  });
});

describe('Claims to the path', () => {
  it('replace what the match caught, or stand where it caught nothing', () => {
    const toPath = { userId: "sub.split('|')[1]" };
    expect(ask({ toPath }, { sub: 'registered|1234' }, { values: { userId: '9', other: '1' } }).forward.values).toEqual({ userId: '1234', other: '1' });
    expect(ask({ toPath }, { sub: 'registered|1234' }).forward.values).toEqual({ userId: '1234' });
  });

  it('are compared with what the match caught before they replace it', () => {
    expect(refusal({ require: { sub: ['{userId}'] }, toPath: { userId: 'sub' } }, { sub: '1' }, { values: { userId: '2' } }).code).toBe('CLAIM_INSUFFICIENT');
  });

  it.each<[string, unknown]>([
    ['missing', undefined],
    ['empty', ''],
    ['a list of several', ['a', 'b']],
    ['an empty item', ['']],
    ['a dot segment', '..'],
    ['one with a dot segment inside', 'a/../../admin'],
    ['one with a dot segment behind a backslash', 'a\\..'],
  ])('are refused when the claim is %s', (_name, sub) => {
    expect(refusal({ toPath: { userId: 'sub' } }, { sub }).code).toBe('CLAIM_INSUFFICIENT');
  });
});

describe('The claims policy', () => {
  it('has nothing to do where nothing is said, nor on a system endpoint', () => {
    expect(claims().compile(endpoint({}), resolve)).toBeUndefined();
    expect(claims().compile({ ...endpoint({}), declared: () => undefined }, resolve)).toBeUndefined();
    expect(claims().compile(endpoint({ require: { a: ['b'] } }, 'system'), resolve)).toBeUndefined();
  });

  it('holds an operation to what @RequireClaims() names', () => {
    class Shop {
      @RequireClaims({ department: ['sales'] })
      read(): void {}
    }
    const operation: Endpoint = { ...endpoint({}), kind: 'operation', declared: (key) => Reflect.getMetadata(key, Shop.prototype.read) };
    const context = testContext();
    context.caller = user({ department: 'it' });
    const step = claims().compile(operation, resolve)?.inbound;
    expect(() => step?.(context)).toThrow(expect.objectContaining({ code: 'CLAIM_INSUFFICIENT' }));
    context.caller = user({ department: 'sales' });
    expect(step?.(context)).toBeUndefined();
    expect(() => RequireClaims({ 'a b': ['x'] })).toThrow(TypeError);
  });

  it('ends the start when an operation asks for what only a route has', () => {
    expect(() => claims().compile(endpoint({ toHeaders: { 'x-a': 'sub' } }, 'operation'), resolve)).toThrow('members');
    expect(() => claims().compile(endpoint({ require: { sub: ['{id}'] } }, 'operation'), resolve)).toThrow('members');
  });
});

describe('ClaimsOptions', () => {
  const faults = (given: Partial<ClaimsOptions>) => validateSync(Object.assign(new ClaimsOptions(), given)).flatMap(({ property, constraints }) => [property, ...Object.values(constraints ?? {})]);

  it('takes what the policy can do', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ toClaims: { a: 'b' }, require: { 'sub?': ['{id}'] }, toHeaders: { 'X-A': 'sub?' }, toQuery: { a: 'b?' }, toPath: { id: 'sub' } })).toEqual([]);
  });

  it.each<[keyof ClaimsOptions, Partial<ClaimsOptions>, string]>([
    ['require', { require: { sub: [] } }, 'needs a value'],
    ['require', { require: { ok: ['1'], 'a b': ['1'] } }, '"a b"'],
    ['toHeaders', { toHeaders: { 'a b': 'sub' } }, 'is no header name'],
    ['toHeaders', { toHeaders: { Host: 'sub' } }, 'cannot be set'],
    ['toHeaders', { toHeaders: { 'Transfer-Encoding': 'sub' } }, 'cannot be set'],
    ['toHeaders', { toHeaders: { 'x-a': 'a..b' } }, 'is no claim expression'],
    ['toQuery', { toQuery: { '': 'sub' } }, 'needs a name'],
    ['toPath', { toPath: { id: 'sub?' } }, 'cannot be optional'],
    ['toPath', { toPath: { __proto__x: 'sub', 'a/b': 'sub' } }, 'no name of a placeholder'],
    ['toPath', { toPath: JSON.parse('{"__proto__": "sub"}') as Record<string, string> }, 'no name of a placeholder'],
    ['toClaims', { toClaims: { a: 'b?' } }, 'cannot be optional'],
  ])('refuses in %s what it cannot', (property, given, message) => {
    const [name, text] = faults(given);
    expect(name).toBe(property);
    expect(text).toContain(message);
  });
});

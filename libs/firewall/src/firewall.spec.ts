import { afterAll, describe, expect, it } from 'vitest';
import { attacks, body, harmless, headers, query, texts } from '../test/traffic.js';
import { Firewall } from './firewall.js';
import { loadNativeEngine } from './native-engine.js';
import { rules } from './rules/rules.js';

const firewall = new Firewall(loadNativeEngine(), { maxTexts: 1_000 }, ['X-Api-Key']);
afterAll(() => firewall.close());

const found = (request: Parameters<Firewall['inspect']>[0]): string[] => firewall.inspect(request).map(({ rule }) => rule);

describe('the firewall finds', () => {
  it.each(attacks)('%s', (_, request, rule) => {
    expect(found(request)).toContain(rule);
  });

  it('something by every rule it has', () => {
    expect([...new Set(attacks.map(([, , rule]) => rule))].sort()).toEqual(rules.map(({ id }) => id).sort());
  });
});

describe('the firewall lets pass', () => {
  it.each(harmless)('%s', (_, request) => {
    expect(firewall.inspect(request)).toEqual([]);
  });

  it.each(texts)('what people write: %s', (text) => {
    expect(firewall.inspect(body({ note: text }))).toEqual([]);
    expect(firewall.inspect(query({ q: text }))).toEqual([]);
  });
});

describe('a finding', () => {
  it.each([
    [query({ q: '../../x' }), 'query.q'],
    [query({ tag: ['red', '../../x'] }), 'query.tag[1]'],
    [body({ lines: [{ note: 'fine' }, { note: '../../x' }] }), 'body.lines[1].note'],
    [body('../../x'), 'body'],
    [headers({ cookie: 'a=b; c=..%2f..%2fx' }), 'headers.cookie'],
    [headers({ 'user-agent': 'sqlmap/1.7' }), 'headers.user-agent'],
    [{ path: '/a/..%2f..%2fx', query: {}, headers: {} }, 'path'],
    [body({ user: { $ne: null } }), 'body.user.$ne'],
  ])('says where: %j', (request, where) => {
    expect(firewall.inspect(request).map((finding) => finding.where)).toEqual([where]);
  });

  it('never shows a text, not one that a client chose for a name either', () => {
    const findings = firewall.inspect(body({ "x' or 'a'='a": '<script>alert(1)</script>', '../../x <secret>': '../../x' }));
    expect(findings).toEqual(expect.arrayContaining([{ rule: 'cross-site-script', where: 'body.*' }, { rule: 'traversal', where: 'body.*' }]));
    expect(JSON.stringify(findings)).not.toMatch(/secret|script>|'a'/);
  });

  it('is told of every rule that a request meets, each once', () => {
    expect(found({ ...body(['../../x', '../../y', '<script>alert(1)</script>']), query: { q: "' or 1=1--" } }).sort()).toEqual(['cross-site-script', 'sql-injection', 'traversal']);
  });
});

describe('a long request is inspected whole', () => {
  const attack = '<script>alert(1)</script>';

  it.each([0, 4_080, 4_090, 4_096, 7_930, 100_000])('behind %i characters', (length) => {
    expect(firewall.inspect(body({ text: `${'x '.repeat(length / 2)}${attack}` }))).toEqual([{ rule: 'cross-site-script', where: 'body.text' }]);
  });

  it.each([1_360, 1_365, 4_096, 30_000])('behind %i characters of three bytes each', (length) => {
    expect(firewall.inspect(body({ text: `${'東'.repeat(length)}${attack}` }))).toEqual([{ rule: 'cross-site-script', where: 'body.text' }]);
  });

  it.each([0, 255, 256, 257, 999])('behind %i texts', (count) => {
    expect(firewall.inspect(body([...Array.from({ length: count }, (_, index) => `a ${index}`), attack]))).toEqual([{ rule: 'cross-site-script', where: `body[${count}]` }]);
  });

  it('at the depth to which bodies are taken', () => {
    let value: unknown = attack;
    for (let depth = 0; depth < 32; depth++) value = [value];
    expect(found(body(value))).toEqual(['cross-site-script']);
  });

  it('or refused, with more texts than it may have', () => {
    expect(firewall.inspect(body(Array.from({ length: 1_000 }, () => 'a b')))).toEqual([]);
    expect(firewall.inspect(body(Array.from({ length: 1_001 }, () => 'a b')))).toEqual([{ rule: 'too-many-texts', where: 'request' }]);
    expect(firewall.inspect(query({ q: Array.from({ length: 1_001 }, () => 'a b') }))).toEqual([{ rule: 'too-many-texts', where: 'request' }]);
  });

  it('where plain words and numbers do not count', () => {
    expect(firewall.inspect(body(Array.from({ length: 5_000 }, (_, index) => ({ id: `p-${index}`, quantity: index }))))).toEqual([]);
  });
});

it('fields that carry credentials are not looked at', () => {
  for (const name of ['authorization', 'proxy-authorization', 'dpop', 'x-api-key']) expect(firewall.inspect(headers({ [name]: '() { :; }' }))).toEqual([]);
  expect(found(headers({ 'x-other': '() { :; }' }))).toEqual(['shellshock']);
});

it('an engine that does not understand a rule ends the start', () => {
  class Engine {
    readonly diagnostics = { rules: { loaded: [], failed: ['sql-wait'], errors: { 'invalid regular expression': ['sql-wait'] } } };
  }
  expect(() => new Firewall({ DDWAF: Engine as never }, { maxTexts: 100 })).toThrow('sql-wait');
});

it('a request at which the engine does not come to an end is a finding', () => {
  class Engine {
    readonly diagnostics = { rules: { loaded: [], failed: [], errors: {} } };
    createContext = () => ({ run: () => ({ timeout: true }), dispose: () => {} });
  }
  expect(new Firewall({ DDWAF: Engine as never }, { maxTexts: 100 }).inspect(query({}))).toEqual([{ rule: 'out-of-time', where: 'request' }]);
});

import type { ForwardRequest } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { faultsOf, forward, operation, route, routeContext } from '../../test/fixtures.js';
import { fieldValue } from './field-value.js';
import { matchValuesKey, Placeholders, placeholdersKey } from './placeholders.js';
import { ValueTemplate } from './value-template.js';

const render = (text: string, endpoint = route(), answers = false, context = routeContext()) => new ValueTemplate(text, { endpoint, path: 'value', answers }).render(context);

describe('a value with placeholders', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['{id}', '7'],
    ['a{value.id}b{rest}c', 'a7ba/bc'],
    ['{RemoteIpAddress} {TraceId} {ClientHost} {request.id}', '192.0.2.1 0af7651916cd43dd8448eb211c80319c shop.example test-0001'],
    ['[{caller.id}]', '[]'],
    ['{BaseUrl}/x', 'http://shop.example/x'],
    ['{"a": {}, "b": {"id": "{id}"}}', '{"a": {}, "b": {"id": "7"}}'],
    ['{{id}} { id } {} {0}', '{id} { id } {} {0}'],
  ])('%j is written %j', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it('is a constant where it has none', () => {
    expect(new ValueTemplate('a {{b}}', { endpoint: route(), path: 'value' }).constant).toBe('a {b}');
    expect(new ValueTemplate('{id}', { endpoint: route(), path: 'value' }).constant).toBeUndefined();
  });

  it('is a fault where one is unknown', () => {
    expect(faultsOf(() => render('{nope} {id} {value.nope}'))).toEqual([
      expect.stringMatching(/^value: \{nope\} is no placeholder here; there are \{id\}, \{rest\}, /),
      expect.stringMatching(/^value: \{value\.nope\} is no placeholder here/),
    ]);
    expect(faultsOf(() => render('{id}', operation()))).toHaveLength(1);
    expect(faultsOf(() => render('{constructor}{__proto__}'))).toHaveLength(2);
  });

  it('takes the names of the match from the route, where it says them', () => {
    const endpoint = route({ [matchValuesKey]: ['lang'] });
    expect(render('{lang}', endpoint, false, routeContext(forward({ values: { lang: 'de' } })))).toBe('de');
    expect(faultsOf(() => render('{id}', endpoint))).toHaveLength(1);
  });

  it('knows the service only in answers', () => {
    const request: ForwardRequest & { serviceBaseUrl: string } = { ...forward(), serviceBaseUrl: 'http://10.0.0.7:4001/' };
    expect(render('{ServiceBaseUrl}', route(), true, routeContext(request))).toBe('http://10.0.0.7:4001');
    expect(render('{ServiceBaseUrl}', route(), true)).toBe('');
    expect(faultsOf(() => render('{ServiceBaseUrl}'))).toHaveLength(1);
  });

  it('takes base URL and further placeholders from the gateway', () => {
    const placeholders = new Placeholders({ baseUrl: 'https://shop.example/', custom: { region: () => 'eu', 'tenant.id': ({ caller }) => `t${caller.id}` } });
    expect(render('{BaseUrl} {region} {tenant.id}', route({ [placeholdersKey]: placeholders }))).toBe('https://shop.example eu t');
    expect(render('{BaseUrl}', route({ [placeholdersKey]: new Placeholders({ baseUrl: ({ id }) => `http://${id}/` }) }))).toBe('http://test-0001');
  });

  it.each(['BaseUrl', 'ServiceBaseUrl', 'caller.id', 'value.x', 'a b', '', '{x}'])('refuses %j as a further placeholder', (name) => {
    expect(() => new Placeholders({ custom: { [name]: () => '' } })).toThrow(TypeError);
  });
});

describe('a value for a header field', () => {
  it.each(['a\r\nb: c', 'a\n', 'a\0', '\u007f', 'caf\u20ac'])('is a fault when it holds %j', (text) => {
    expect(faultsOf(() => fieldValue(text, { endpoint: route(), path: 'value' }))).toEqual(['value: holds characters that cannot stand in a header field']);
  });

  it.each(['a\r\nset-cookie: x', 'a\nb', 'a\rb', 'a\0', '\u20ac'])('refuses a request whose own value is %j', (id) => {
    const template = fieldValue('x {id}', { endpoint: route(), path: 'value' });
    expect(() => template.render(routeContext(forward({ values: { id } })))).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID', faults: [{ path: 'id', message: 'holds characters that cannot stand in a header field' }] }),
    );
  });

  it('takes tabs and the letters of Latin-1', () => {
    expect(fieldValue('\t{id}', { endpoint: route(), path: 'value' }).render(routeContext(forward({ values: { id: 'é' } })))).toBe('\té');
  });
});

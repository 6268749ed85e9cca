import { describe, expect, it } from 'vitest';
import { importedRoute, ocelotRoute, notedAt } from '../test/fixtures.js';
import { importOcelot } from './index.js';
import { names } from './names.js';

function matchAndTarget(from: string, to: string, more: Record<string, unknown> = {}): { match: unknown; to: unknown } {
  const { file } = importOcelot({ Routes: [ocelotRoute(from, to, more)] });
  const [route] = Object.values(file.routes as Record<string, { match: unknown; to: unknown }>);
  return { match: route?.match, to: route?.to };
}

describe('templates', () => {
  it('let the last placeholder take the rest of the path, and nothing else with it', () => {
    expect(matchAndTarget('/a/{x}', '/b/{x}')).toEqual({
      match: { path: '/a/{x*}', caseSensitive: false, trailingSlash: 'exact', priority: 1 },
      to: { service: 'catalog-8001', path: '/b/{x}', query: 'keep', omit: 'named-any-case', trailingSlash: 'request', credentials: 'pass', serviceAddresses: 'keep' },
    });
    expect(matchAndTarget('/a/{x}/b', '/b').match).toMatchObject({ path: '/a/{x}/b' });
    expect(matchAndTarget('/a/v{x}', '/b').match).toMatchObject({ path: '/a/v{x*}' });
  });

  it('take the path with and without a slash that they end in, or that may stand before their query', () => {
    expect(matchAndTarget('/a/', '/b/')).toMatchObject({ match: { path: '/a', trailingSlash: 'optional' }, to: { path: '/b/', trailingSlash: 'request' } });
    expect(matchAndTarget('/a/?{all}', '/b/?{all}')).toMatchObject({ match: { path: '/a', trailingSlash: 'optional' }, to: { path: '/b/', omit: 'named' } });
    expect(matchAndTarget('/', '/').match).toMatchObject({ path: '/', trailingSlash: 'exact' });
  });

  it('ask for the parameters of their query, and for none where a placeholder stands for all', () => {
    const { match, to } = matchAndTarget('/a/{d}?x={x}&y=1&{all}', '/b?z={x}&{all}');
    expect(match).toMatchObject({ path: '/a/{d}', query: { x: '{x}', y: '1' } });
    expect(to).toMatchObject({ path: '/b?z={x}', omit: 'named', query: 'keep' });
  });

  it('are noted where Ocelot takes more than a template here can', () => {
    expect(notedAt(importOcelot({ Routes: [ocelotRoute('/a/{x}-{y}', '/b')] }))).toEqual([`Routes[0].${names.clientPath}`]);
  });
});

describe('conditions', () => {
  it('keep host, methods, case and header templates', () => {
    const more = { [names.clientHost]: 'shop.example', [names.clientMethod]: ['Get', 'post'], RouteIsCaseSensitive: true, [names.clientHeaders]: { 'X-Region': 'eu-{header:code}' } };
    expect(matchAndTarget('/a', '/b/{code}', more)).toMatchObject({
      match: { host: 'shop.example', methods: ['GET', 'POST'], caseSensitive: true, headers: { 'x-region': 'eu-{code}' } },
      to: { omit: 'named-any-case' },
    });
  });

  it('are noted where Ocelot reads an expression or takes no request at all', () => {
    const { report } = importedRoute({ [names.clientHost]: 'shop.example:80', [names.clientHeaders]: { region: 'eu|us' } });
    expect(report.notes.map(({ kind, path }) => [kind, path])).toEqual([['changed', `Routes[0].${names.clientHost}`], ['changed', `Routes[0].${names.clientHeaders}.region`]]);
  });
});

describe('precedence', () => {
  const prioritiesOf = (routes: unknown[], aggregates: unknown[] = []): number[] => {
    const { file } = importOcelot({ Routes: routes, Aggregates: aggregates });
    const entries = [...Object.values(file.routes as object), ...Object.values((file.aggregates ?? {}) as object)] as { match: { priority: number } }[];
    return entries.map(({ match }) => match.priority);
  };

  it('is a host, then the priority, then the place in the list; aggregates come behind routes', () => {
    const routes = [ocelotRoute('/a/{x}', '/', { Priority: 0, Key: 'k' }), ocelotRoute('/b'), ocelotRoute('/c', '/', { Priority: 7 }), ocelotRoute('/d', '/', { [names.clientHost]: 'h', Priority: 0 })];
    expect(prioritiesOf(routes, [{ [names.clientPath]: '/e', RouteKeys: ['k'] }])).toEqual([1, 3, 4, 5, 2]);
  });

  it('puts the placeholder that takes everything last, whatever it says', () => {
    expect(prioritiesOf([ocelotRoute('/{x}', '/{x}', { Priority: 9, RouteIsCaseSensitive: true }), ocelotRoute('/a')])).toEqual([1, 2]);
  });
});

it('routes have the name of their key, or one of their path, each once', () => {
  const { file } = importOcelot({ Routes: [ocelotRoute('/'), ocelotRoute('/a/{itemId}?q={q}'), ocelotRoute('/A/{item-id}'), ocelotRoute('/b', '/b', { Key: 'OrderById' })] });
  expect(Object.keys(file.routes as object)).toEqual(['root', 'a-item-id', 'a-item-id-2', 'order-by-id']);
});

it('keys are read in any case, and numbers and booleans as text, as .NET does', () => {
  const lower = Object.fromEntries(Object.entries(ocelotRoute('/a', '/b', { RouteIsCaseSensitive: 'True', Priority: '3' })).map(([key, value]) => [key.toLowerCase(), value]));
  const { file, faults } = importOcelot({ routes: [lower] });
  expect(faults).toEqual([]);
  expect(file.routes).toMatchObject({ a: { match: { caseSensitive: true } } });
});

import { describe, expect, it } from 'vitest';
import { staticInstances } from './static-instances.js';

describe('staticInstances', () => {
  it('reads origins with and without a weight', () => {
    expect(staticInstances(['http://a:1', ' https://B.example  weight=3 ', 'http://[::1]:4001/']).current()).toEqual([
      { id: 'http://a:1', origin: 'http://a:1', weight: 1 },
      { id: 'https://b.example', origin: 'https://b.example', weight: 3 },
      { id: 'http://[::1]:4001', origin: 'http://[::1]:4001', weight: 1 },
    ]);
  });

  it('reads ws as http and wss as https', () => {
    expect(staticInstances(['ws://a:1', 'WSS://b']).current().map(({ origin }) => origin)).toEqual(['http://a:1', 'https://b']);
  });

  it.each([
    'a:1',
    'ftp://a:1',
    'http:a:1',
    'http:///a',
    'http://a:0',
    'http://a:70000',
    'http://a:1/path',
    'http://a:1?query',
    'http://a:1?',
    'http://a:1#',
    'http://a:1\\path',
    'http://user@a:1',
    'http://a:1 weight=0',
    'http://a:1 weight=1.5',
    'http://a:1 weight=',
    'http://a:1 wait=3',
    '',
  ])('refuses %j', (address) => {
    expect(() => staticInstances([address])).toThrow(/^Static instances: \[0\] ".*\.$/);
  });

  it('lists every bad and every repeated address with its place', () => {
    expect(() => staticInstances(['http://a:1', 'b:2', 'http://c:3/x', 'http://a:1/ weight=2'])).toThrow(
      'Static instances: [1] "b:2" is not an http or https origin with an optional weight=<number> after it; ' +
        '[2] "http://c:3/x" must have no credentials, path, query or fragment; [3] "http://a:1/ weight=2" repeats http://a:1.',
    );
  });

  it('does not repeat a password in its message', () => {
    expect(() => staticInstances(['http://user:secret@a:1'])).toThrow('[0] "(hidden)" must have no credentials');
  });

  it('refuses an empty list', () => {
    expect(() => staticInstances([])).toThrow('at least one address is needed');
  });

  it('never tells a change and closes without a trace', async () => {
    const source = staticInstances(['http://a:1']);
    source.subscribe()();
    await source.close();
    expect(source.current()).toHaveLength(1);
  });
});

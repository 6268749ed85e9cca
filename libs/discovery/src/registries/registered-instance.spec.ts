import { describe, expect, it } from 'vitest';
import { registeredInstance } from './registered-instance.js';

function read(host: unknown, port: unknown, weight?: unknown) {
  const reports: string[] = [];
  const instance = registeredInstance({ scheme: 'http', host, port, weight }, (error) => void reports.push(error.message));
  return { instance, reports };
}

describe('an instance of a registry', () => {
  it.each([
    ['10.0.0.7', 4001, 'http://10.0.0.7:4001'],
    ['Catalog.Internal.', 4001, 'http://catalog.internal:4001'],
    ['node_7', '4001', 'http://node_7:4001'],
    ['fd00::7', 4001, 'http://[fd00::7]:4001'],
    ['a', 80, 'http://a'],
  ])('may be at %s, port %s', (host, port, origin) => {
    expect(read(host, port)).toEqual({ instance: { id: origin, origin, weight: 1 }, reports: [] });
  });

  it.each(['', undefined, null, 7, {}, 'a b', 'a/b', 'a:1', 'a@b', 'a?b', 'a#b', '[::1]', 'fe80::1%eth0', '-a', 'a..', 'a\n', '0.0.0.0', '::', '127.1', '0x7f000001', 'x'.repeat(300)])(
    'is left out, with a report, when its host is %j',
    (host) => {
      const { instance, reports } = read(host, 80);
      expect(instance).toBeUndefined();
      expect(reports).toEqual([expect.stringContaining('is no host')]);
    },
  );

  it.each([0, -1, 65_536, 1.5, NaN, '', '80x', '0x50', ' 80', null, undefined, true, [80]])('is left out, with a report, when its port is %j', (port) => {
    const { instance, reports } = read('a', port);
    expect(instance).toBeUndefined();
    expect(reports).toEqual([expect.stringContaining('is no port')]);
  });

  it.each([0, -3, 'heavy', 1.5, {}])('counts once, with a report, when its weight is %j', (weight) => {
    const { instance, reports } = read('a', 81, weight);
    expect(instance?.weight).toBe(1);
    expect(reports).toEqual([expect.stringContaining('counts as 1')]);
  });

  it('has the weight that it was given, also as text', () => {
    expect(read('a', 81, 7).instance?.weight).toBe(7);
    expect(read('a', 81, '7').instance?.weight).toBe(7);
  });

  it('puts nothing long and nothing on a second line into a report', () => {
    const [report] = read(`a\n${'x'.repeat(5_000)}`, 80).reports;
    expect(report!.length).toBeLessThan(200);
    expect(report).not.toContain('\n');
  });
});

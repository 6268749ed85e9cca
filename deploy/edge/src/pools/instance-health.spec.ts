import { describe, expect, it } from 'vitest';
import { InstanceHealth, type Finding } from './instance-health.mjs';

const after = (...findings: Finding[]): boolean => {
  const health = new InstanceHealth({ healthyAfter: 2, unhealthyAfter: 3 });
  for (const finding of findings) health.take(finding);
  return health.healthy;
};

describe('the health of an instance', () => {
  it.each<[findings: Finding[], healthy: boolean]>([
    [[], false],
    [['ready'], false],
    [['ready', 'ready'], true],
    [['ready', 'failed', 'ready'], false],
    [['ready', 'ready', 'failed', 'failed'], true],
    [['ready', 'ready', 'failed', 'failed', 'failed'], false],
    [['ready', 'ready', 'failed', 'failed', 'ready', 'failed', 'failed'], true],
    [['ready', 'ready', 'draining'], false],
    [['ready', 'ready', 'draining', 'ready'], false],
    [['ready', 'ready', 'draining', 'ready', 'ready'], true],
  ])('after %j is %s', (findings, healthy) => {
    expect(after(...findings)).toBe(healthy);
  });

  it('tells when it changes', () => {
    const health = new InstanceHealth({ healthyAfter: 1, unhealthyAfter: 1 });
    expect([health.take('ready'), health.take('ready'), health.take('failed'), health.take('draining')]).toEqual([true, false, true, false]);
  });
});

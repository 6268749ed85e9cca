import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cpuSecondsOf, cpuTicks, rssMb, socketsOf } from './proc-stat.mjs';

const stat = (command: string) => `4242 (${command}) S 1 4242 4242 0 -1 4194304 9 8 7 6 150 25 3 2 20 0 11 0 900 1000 200 18446744073709551615`;

describe('reading /proc', () => {
  it('adds user and system time and leaves the children out', () => {
    expect(cpuTicks(stat('node'))).toBe(175);
  });

  it('is not misled by a command with blanks and parentheses', () => {
    expect(cpuTicks(stat('my (odd) name) S 1'))).toBe(175);
  });

  it('refuses text that is no stat line', () => {
    expect(() => cpuTicks('nothing')).toThrow('cannot be read');
  });

  it('gives resident memory in MB', () => {
    expect(rssMb('Name:\tnode\nVmPeak:\t  999 kB\nVmRSS:\t   125000 kB\nThreads:\t7\n')).toBeCloseTo(128, 5);
  });

  it('refuses a status without VmRSS', () => {
    expect(() => rssMb('Name:\tnode\n')).toThrow('VmRSS');
  });

  it('counts a socket from when it is opened until it is closed', async () => {
    const before = socketsOf(process.pid);
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    expect(socketsOf(process.pid)).toBe(before + 1);
    await new Promise((resolve) => server.close(resolve));
    expect(socketsOf(process.pid)).toBe(before);
  });

  it('sees the CPU time of this very process grow', () => {
    const before = cpuSecondsOf(process.pid);
    const until = process.cpuUsage().user + 60_000;
    while (process.cpuUsage().user < until);
    expect(cpuSecondsOf(process.pid)).toBeGreaterThan(before);
  });
});

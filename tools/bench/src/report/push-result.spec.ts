import { describe, expect, it } from 'vitest';
import { pushFigures, pushRatios } from './push-result.mjs';

const push = (system: string, round: number, memoryKb: number, micros: readonly [one: number, four: number], p99Ms: number) => ({
  round,
  system,
  memoryKb,
  windows: [1, 4].map((perTick, index) => ({ perTick, deliveries: 1_000, cpuSeconds: 1, cpuMicros: micros[index] ?? 0, p50Ms: 1, p99Ms: p99Ms * perTick })),
});
const own = [push('portico-push', 1, 8, [9, 3], 30), push('portico-push', 2, 6, [8, 3], 20)];
const others = [push('socketio', 1, 10, [10, 10], 20), push('socketio', 2, 12, [10, 10], 40)];

describe('the result of pushes', () => {
  it('compares memory, CPU time at one and at four messages in a tick, and the latency at one, pair by pair', () => {
    const ratios = pushRatios([...own, ...others]);
    expect(Object.entries(ratios).map(([key, { median }]) => [key, median])).toEqual([
      ['push_memory_vs_socketio', expect.closeTo(0.65)],
      ['push_cpu_vs_socketio_1', expect.closeTo(0.85)],
      ['push_cpu_vs_socketio_4', expect.closeTo(0.3)],
      ['push_p99_vs_socketio', expect.closeTo(1)],
    ]);
    expect(ratios['push_p99_vs_socketio']).toMatchObject({ min: 0.5, max: 1.5, samples: 2 });
  });

  it('shows figures of each system, and no ratio where one of them is not there', () => {
    expect(pushRatios(own)).toEqual({});
    expect(Object.entries(pushFigures(own)).map(([key, { median }]) => [key, median])).toEqual([
      ['push_memory_kb_portico_push', 7],
      ['push_cpu_us_1_portico_push', 8.5],
      ['push_cpu_us_4_portico_push', 3],
      ['push_p99_ms_portico_push', 25],
    ]);
  });
});

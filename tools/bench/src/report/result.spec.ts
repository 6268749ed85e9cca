import { describe, expect, it } from 'vitest';
import { resultOf } from './result.mjs';

const machine = { cpu: 'a processor', cores: 2, node: 'v20.20.0', os: 'Linux 6.1', pinned: true, loadBefore: 0.2 };
const options = { only: ['W1'], systems: [], pairs: 3, seconds: 1, quick: false, json: undefined, markdown: undefined };
const nothing = { runs: [], slowAnswers: [], starts: [], soaks: [], pushes: [], platform: undefined, skipped: [] };

const windows = (bout: string, lane: string, micros: number[]) =>
  micros.map((cpuMicros, index) => ({ bout, round: index + 1, lane, requests: 1_000, cpuSeconds: cpuMicros / 1_000, wallSeconds: 1, cpuMicros }));

describe('the result of a run', () => {
  it('takes the median of ratios between neighbours of a round, not the ratio of medians', () => {
    const runs = [...windows('W1', 'portico-full@W1', [200, 600, 110]), ...windows('W1', 'bare@W1', [100, 500, 100])];
    const { ratios, ranges } = resultOf({ ...nothing, runs }, machine, options);
    expect(ratios).toEqual({ w1_full_vs_bare: 1.2 });
    expect(ranges['w1_full_vs_bare']).toEqual({ median: 1.2, min: 1.1, max: 2, samples: 3 });
  });

  it('compares the hot key with W1 of its own bout, not with that of another', () => {
    const runs = [
      ...windows('W1', 'portico-full@W1', [999, 999, 999]),
      ...windows('W6', 'portico-full@W6', [50, 60, 70]),
      ...windows('W6', 'portico-full@W1', [200, 200, 200]),
    ];
    const { ratios, figures } = resultOf({ ...nothing, runs }, machine, options);
    expect(ratios).toEqual({ w6_vs_w1: 0.3 });
    expect(figures).toEqual({ w1_cpu_us_portico_full: 999, w6_cpu_us_portico_full: 60, w6_w1_cpu_us_portico_full: 200 });
  });

  it('gives the worse of the plain routes as W0 behind a bare proxy', () => {
    const small = [...windows('P1', 'portico-full@P1', [150, 130, 140]), ...windows('P1', 'bare-proxy@P1', [100, 100, 100])];
    const large = [...windows('P100', 'portico-full@P100', [240, 260, 240]), ...windows('P100', 'bare-proxy@P100', [200, 200, 200])];
    expect(resultOf({ ...nothing, runs: [...small, ...large] }, machine, options).ratios).toEqual({
      p1_full_vs_bare_proxy: 1.4,
      p100_full_vs_bare_proxy: 1.2,
      w0_full_vs_bare_proxy: 1.4,
    });
    expect(resultOf({ ...nothing, runs: small }, machine, options).ratios).toEqual({ p1_full_vs_bare_proxy: 1.4 });
  });

  it('gives the slopes and sockets of a soak', () => {
    const soaks = [{ system: 'portico-full', perSecond: 1_500, idleSlopeKbPerSecond: 3, slopeKbPerSecond: 4, socketsBefore: 40, socketsAfter: 40 }];
    expect(resultOf({ ...nothing, soaks }, machine, options).figures).toEqual({
      soak_slope_kb_per_s: 4,
      soak_idle_slope_kb_per_s: 3,
      soak_sockets_before: 40,
      soak_sockets_after: 40,
      soak_rate_per_s: 1_500,
    });
  });

  it('gives no ratio to a system that was not measured', () => {
    const { ratios, figures } = resultOf({ ...nothing, runs: windows('W1', 'bare@W1', [230, 250, 240]) }, machine, options);
    expect(ratios).toEqual({});
    expect(figures).toEqual({ w1_cpu_us_bare: 240 });
  });

  it('lets the slowest answer of each round count while a part is slow', () => {
    const slowAnswers = [
      { round: 1, system: 'portico-full', answerMs: [301, 340] },
      { round: 2, system: 'portico-full', answerMs: [302, 312] },
      { round: 3, system: 'portico-full', answerMs: [310, 303] },
      { round: 1, system: 'bare', answerMs: [305] },
    ];
    expect(resultOf({ ...nothing, slowAnswers }, machine, options).figures).toEqual({ w4_answer_ms: 312, w4_answer_ms_bare: 305 });
  });

  it('gives start and memory of the platform by plain keys, of the others by name', () => {
    const starts = [
      { round: 1, system: 'web-bff', startSeconds: 0.6, rssMb: 100 },
      { round: 1, system: 'bare-nest', startSeconds: 0.4, rssMb: 70 },
    ];
    const { ratios, figures } = resultOf({ ...nothing, starts, platform: 'web-bff' }, machine, options);
    expect(ratios['cold_start_vs_bare_nest']).toBeCloseTo(1.5, 10);
    expect(figures).toEqual({ cold_start_s: 0.6, rss_mb: 100, cold_start_s_bare_nest: 0.4, rss_mb_bare_nest: 70 });
  });
});

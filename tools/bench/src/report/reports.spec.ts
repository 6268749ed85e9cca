import { describe, expect, it } from 'vitest';
import { consoleReport } from './console-report.mjs';
import { markdownReport } from './markdown-report.mjs';

const result = {
  ratios: { w1_full_vs_bare: 1.2345 },
  figures: { w1_cpu_us_bare: 231.6 },
  ranges: {
    w1_full_vs_bare: { median: 1.2345, min: 1.1, max: 1.5, samples: 9 },
    w1_cpu_us_bare: { median: 231.6, min: 220, max: 240, samples: 9 },
  },
  machine: { cpu: 'a processor', cores: 2, node: 'v20.20.0', os: 'Linux 6.1', pinned: true, loadBefore: 0.2 },
  settings: { pairs: 9, seconds: 3, quick: false },
  skipped: ['web-bff'],
  runs: [],
};

describe('the reports', () => {
  it('show median, range and number of samples on the console', () => {
    expect(consoleReport(result)).toContain('w1_full_vs_bare  1.23    1.10 - 1.50  9');
  });

  it('warn that a run that is quick, without its own core, or on a busy machine is not for quoting', () => {
    const rough = { ...result, settings: { ...result.settings, quick: true }, machine: { ...result.machine, pinned: false, loadBefore: 5.5 } };
    expect(consoleReport(rough)).toMatch(/NOT pinned[^]*NOT quiet: load 5.5[^]*not for quoting/);
    expect(consoleReport(result)).not.toMatch(/NOT pinned|NOT quiet|not for quoting/);
  });

  it('say what was pushed where that was compared', () => {
    const range = { median: 0.64, min: 0.6, max: 0.7, samples: 9 };
    const page = markdownReport({ ...result, ratios: { push_memory_vs_socketio: 0.64 }, ranges: { ...result.ranges, push_memory_vs_socketio: range } });
    expect(page).toContain('- Push: WebSockets on loopback');
    expect(page).toContain('| push_memory_vs_socketio | 0.64 | 0.60 - 0.70 | 9 |');
  });

  it('write a page with the command, the machine, what was left out, and the tables', () => {
    const page = markdownReport(result);
    expect(page).toContain('--pairs 9 --seconds 3 --markdown docs/benchmarks.md');
    expect(page).toContain('Machine: a processor, 2 cores, Linux 6.1, Node v20.20.0; gateway alone on one core.');
    expect(page).toContain('Not built or not installed, hence not measured: web-bff.');
    expect(page).toContain('| w1_cpu_us_bare | 232 | 220 - 240 | 9 |');
    expect(page).not.toContain('Push:');
  });
});

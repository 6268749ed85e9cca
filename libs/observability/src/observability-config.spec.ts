import { isConfigurationError, loadConfig, Section } from '@portico/config';
import { describe, expect, it } from 'vitest';
import { LogConfig, MetricsConfig, TracesConfig } from './index.js';

class Config {
  @Section(() => LogConfig, { description: 'Log.' })
  log!: LogConfig;
  @Section(() => MetricsConfig, { description: 'Metrics.' })
  metrics!: MetricsConfig;
  @Section(() => TracesConfig, { description: 'Traces.' })
  traces!: TracesConfig;
}

describe('settings of observability', () => {
  it('log, meter and trace one in a hundred to nowhere by default', () => {
    expect(loadConfig(Config, { env: {} })).toEqual({
      log: { level: 'info', requests: true, flushIntervalMs: 500 },
      metrics: { enabled: true },
      traces: { ratio: 0.01, exporter: 'none', endpoint: 'http://127.0.0.1:4318' },
    });
  });

  it('refuse what makes no sense', () => {
    const env = { PORTICO_LOG_LEVEL: 'loud', PORTICO_LOG_FLUSH_INTERVAL_MS: '1001', PORTICO_TRACES_RATIO: '1.1', PORTICO_TRACES_EXPORTER: 'fax', PORTICO_TRACES_ENDPOINT: 'collector:4318' };
    const paths = (() => {
      try {
        loadConfig(Config, { env });
      } catch (error) {
        if (isConfigurationError(error)) return error.faults.map((fault) => fault.path);
      }
      return [];
    })();
    expect(paths).toEqual(['log.level', 'log.flushIntervalMs', 'traces.ratio', 'traces.exporter', 'traces.endpoint']);
  });
});

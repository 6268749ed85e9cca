import { PorticoTelemetry, LogConfig, MetricsConfig, TracesConfig } from '@portico/observability';
import { describe, expect, it } from 'vitest';
import { NestLog } from './nest-log.js';

async function logged(level: LogConfig['level'], write: (log: NestLog) => void): Promise<Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const log = Object.assign(new LogConfig(), { level });
  const logDestination = { write: (text: string) => void lines.push(JSON.parse(text) as Record<string, unknown>) };
  const telemetry = await PorticoTelemetry.start({ name: 'spec', log, metrics: new MetricsConfig(), traces: new TracesConfig(), logDestination });
  write(new NestLog(telemetry.logger));
  await telemetry.close();
  return lines;
}

describe("Nest's log", () => {
  it('goes into the lines of the gateway, with the name of whoever logs', async () => {
    const lines = await logged('trace', (log) => {
      log.log('hello', 'OrdersController');
      log.warn('careful');
      log.debug('detail', 'X');
      log.verbose('more');
    });
    expect(lines).toMatchObject([
      { level: 'info', msg: 'hello', context: 'OrdersController', name: 'spec' },
      { level: 'warn', msg: 'careful' },
      { level: 'debug', msg: 'detail', context: 'X' },
      { level: 'trace', msg: 'more' },
    ]);
  });

  it('keeps what Nest tells of its start for those who look for it', async () => {
    const start = (log: NestLog) => log.log('Mapped {/api/home, GET} route', 'RouterExplorer');
    expect(await logged('info', start)).toEqual([]);
    expect(await logged('debug', start)).toMatchObject([{ level: 'debug' }]);
  });

  it('keeps errors with their causes', async () => {
    const lines = await logged('info', (log) => {
      log.error(new Error('outer', { cause: new Error('inner') }), 'at somewhere\n at else', 'Where');
      log.error('only words', 'at somewhere\n at else');
    });
    expect(lines).toMatchObject([{ level: 'error', msg: 'outer', context: 'Where', error: { message: 'outer', causes: [{ message: 'inner' }] } }, { level: 'error', msg: 'only words' }]);
  });
});

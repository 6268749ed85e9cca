import { LogConfig, MetricsConfig, PorticoTelemetry, TracesConfig } from '../src/index.js';

const ending = process.argv[2];
const log = Object.assign(new LogConfig(), { flushIntervalMs: ending === 'stay' ? 50 : 1_000 });
const telemetry = await PorticoTelemetry.start({ name: 'three-lines', log, metrics: new MetricsConfig(), traces: new TracesConfig() });
for (const message of ['one', 'two', 'three']) telemetry.logger.info(message);
if (ending === 'exit') process.exit(0);
if (ending === 'throw') throw new Error('the end');
if (ending === 'stay') setInterval(() => {}, 1_000);
if (ending === 'close') {
  await telemetry.close();
  process.kill(process.pid, 'SIGKILL');
}

import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { describe, expect, it } from 'vitest';
import { capturedLog } from '../../test/capture.js';
import { createLogger } from '../log/create-logger.js';
import { loadOpenTelemetry } from './open-telemetry.js';
import { SpanDelivery } from './span-delivery.js';

const sampled = { spanContext: () => ({ traceFlags: 1 }), resource: {} } as unknown as ReadableSpan;

/** An exporter that answers each batch when it is told to. */
class HeldExporter implements SpanExporter {
  readonly held: ((failure?: Error) => void)[] = [];

  export(_: ReadableSpan[], done: (result: { code: number; error?: Error }) => void): void {
    this.held.push((failure) => done(failure ? { code: 1, error: failure } : { code: 0 }));
  }

  async shutdown(): Promise<void> {}
}

async function delivery() {
  const { destination, lines } = capturedLog();
  const exporter = new HeldExporter();
  const delivered = new SpanDelivery(await loadOpenTelemetry(), exporter, createLogger({ level: 'info', name: 'x', destination }));
  /** Hands over so many spans as one batch. */
  const flush = async (count: number, failure?: Error): Promise<void> => {
    for (let ended = 0; ended < count; ended++) delivered.onEnd(sampled);
    const flushed = delivered.forceFlush().catch(() => {});
    for (const answer of exporter.held.splice(0)) answer(failure);
    await flushed;
  };
  return { delivered, exporter, flush, said: () => lines.map(({ msg, reason }) => [msg, reason]) };
}

describe('SpanDelivery', () => {
  it('counts what was taken', async () => {
    const { delivered, flush, said } = await delivery();
    await flush(3);
    expect([delivered.exported, delivered.dropped, said()]).toEqual([3, 0, []]);
  });

  it('drops and counts what nobody takes, and says so once, and once that it is over', async () => {
    const { delivered, flush, said } = await delivery();
    await flush(2, new Error('connect ECONNREFUSED'));
    await flush(1, new Error('connect ECONNREFUSED'));
    await flush(1);
    expect([delivered.exported, delivered.dropped]).toEqual([1, 3]);
    expect(said()).toEqual([
      ['Spans cannot be handed over: they are dropped', 'connect ECONNREFUSED'],
      ['Spans can be handed over again', undefined],
    ]);
  });

  it('lets no more than 2,048 spans wait, those under way among them', async () => {
    const { delivered, exporter } = await delivery();
    for (let ended = 0; ended < 2_100; ended++) delivered.onEnd(sampled);
    expect(delivered.dropped).toBe(52);
    const flushed = delivered.forceFlush();
    while (exporter.held.length > 0) for (const answer of exporter.held.splice(0)) answer();
    await flushed;
    delivered.onEnd(sampled);
    expect([delivered.exported, delivered.dropped]).toEqual([2_048, 52]);
  });
});

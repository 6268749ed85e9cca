import { ManualClock, settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { inShort, optionsOf } from '../../test/registry-fixtures.js';
import type { Instance } from '../instance.js';
import { RegistryInstances } from './registry-instances.js';
import { RegistryOptions } from './registry.config.js';
import type { Registry } from './registry.js';

type Take = (instances: readonly Instance[]) => void;

const at = (port: number, weight = 1): Instance => ({ id: `http://a:${port}`, origin: `http://a:${port}`, weight });

/** A registry that does what a test says when it is asked. */
class ScriptedRegistry implements Registry {
  paceMs = 100;
  asked = 0;
  closed = false;
  signal: AbortSignal | undefined;
  answer: (take: Take) => Promise<void> | void = () => {};

  async ask(take: Take, signal: AbortSignal): Promise<void> {
    this.asked++;
    this.signal = signal;
    await this.answer(take);
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

function follow(answer: ScriptedRegistry['answer'], options: Partial<RegistryOptions> = {}) {
  const registry = new ScriptedRegistry();
  registry.answer = answer;
  const clock = new ManualClock();
  const reports: string[] = [];
  const source = new RegistryInstances(registry, optionsOf(RegistryOptions, options), { clock, random: () => 1, report: (error) => void reports.push((error as Error).message) });
  return { registry, clock, reports, source, known: () => source.current().map(inShort) };
}

const down = (): never => {
  throw new Error('refused');
};
const never = (): Promise<void> => new Promise(() => {});

describe('what a registry knows', () => {
  it('is there once it has answered, in the order of the addresses, each once', async () => {
    const { source, known } = follow((take) => take([at(2), at(1, 3), at(2)]));
    await source.started;
    expect(known()).toEqual(['http://a:1 3', 'http://a:2']);
  });

  it('is told to those who listen when it changes, and only then', async () => {
    const { registry, clock, source } = follow((take) => take([at(1)]));
    await source.started;
    const told: string[][] = [];
    const end = source.subscribe((instances) => void told.push(instances.map(inShort)));
    await clock.advance(100);
    expect(told).toEqual([]);
    registry.answer = (take) => take([at(1, 2)]);
    await clock.advance(100);
    expect(told).toEqual([['http://a:1 2']]);
    end();
    registry.answer = (take) => take([at(5)]);
    await clock.advance(100);
    expect(told).toHaveLength(1);
  });

  it('is believed when there is nothing any more', async () => {
    const { registry, clock, source, known } = follow((take) => take([at(1)]));
    await source.started;
    registry.answer = (take) => take([]);
    await clock.advance(100);
    expect(known()).toEqual([]);
  });

  it('is scaled down where a weight is heavier than a configured one may be', async () => {
    const { source, known } = follow((take) => take([at(1, 60_000), at(2, 30_000), at(3)]));
    await source.started;
    expect(known()).toEqual(['http://a:1 1000', 'http://a:2 500', 'http://a:3']);
  });

  it('may be told several times within one question', async () => {
    const { source, known } = follow((take) => {
      take([at(1)]);
      take([at(2)]);
      return never();
    });
    await source.started;
    expect(known()).toEqual(['http://a:2']);
  });

  it('is told to the others when one listener fails, which is reported', async () => {
    const { registry, clock, reports, source } = follow((take) => take([at(1)]));
    await source.started;
    let told = 0;
    source.subscribe(() => {
      throw new Error('clumsy');
    });
    source.subscribe(() => void told++);
    registry.answer = (take) => take([at(2)]);
    await clock.advance(100);
    expect(told).toBe(1);
    expect(reports).toEqual(['clumsy']);
  });
});

describe('a registry', () => {
  it('is not asked again before its pace says so', async () => {
    const { registry, clock, source } = follow((take) => take([at(1)]));
    await source.started;
    await clock.advance(99);
    expect(registry.asked).toBe(1);
    await clock.advance(1);
    expect(registry.asked).toBe(2);
  });

  it('is asked again at once after an answer that was held back longer than its pace', async () => {
    let release: () => void = () => {};
    const { registry, clock } = follow(() => new Promise((resolve) => (release = resolve)));
    await clock.advance(5_000);
    release();
    await settle();
    expect(registry.asked).toBe(2);
  });

  it('that goes down leaves the last known instances in use', async () => {
    const { registry, clock, reports, source, known } = follow((take) => take([at(1)]));
    await source.started;
    registry.answer = down;
    await clock.advance(600_000);
    expect(known()).toEqual(['http://a:1']);
    expect(reports.length).toBeGreaterThan(5);
    registry.answer = (take) => take([at(2)]);
    await clock.advance(30_000);
    expect(known()).toEqual(['http://a:2']);
  });

  it('that is down is asked less and less often, up to the longest wait', async () => {
    const { registry, clock } = follow(down, { retryMinMs: 1_000, retryMaxMs: 4_000 });
    await clock.advance(0);
    const asked = [registry.asked];
    for (const ms of [999, 1, 1_999, 1, 3_999, 1, 3_999, 1]) {
      await clock.advance(ms);
      asked.push(registry.asked);
    }
    expect(asked).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5]);
  });

  it('that has answered again is soon asked after its next failure', async () => {
    const { registry, clock } = follow(down);
    await clock.advance(60_000);
    registry.answer = () => {};
    await clock.advance(30_000);
    registry.answer = down;
    await clock.advance(100);
    const before = registry.asked;
    await clock.advance(1_000);
    expect(registry.asked).toBe(before + 1);
  });
});

describe('the wait after a failure', () => {
  it.each([
    [0, 500],
    [1, 1_000],
  ])('is shortened by chance by up to half: %d brings %d ms', async (chance, ms) => {
    const clock = new ManualClock();
    const registry = new ScriptedRegistry();
    registry.answer = down;
    void new RegistryInstances(registry, new RegistryOptions(), { clock, random: () => chance, report: () => {} });
    await clock.advance(ms - 1);
    expect(registry.asked).toBe(1);
    await clock.advance(1);
    expect(registry.asked).toBe(2);
  });
});

describe('the start', () => {
  it('waits for the first answer through failures, but no longer than allowed', async () => {
    const { clock, source, known } = follow(down, { startTimeoutMs: 5_000 });
    let started = false;
    void source.started.then(() => (started = true));
    await clock.advance(4_999);
    expect(started).toBe(false);
    await clock.advance(1);
    expect(started).toBe(true);
    expect(known()).toEqual([]);
  });

  it('is over when a second try succeeds', async () => {
    const { registry, clock, source, known } = follow(down);
    await clock.advance(0);
    registry.answer = (take) => take([at(1)]);
    await clock.advance(1_000);
    await source.started;
    expect(known()).toEqual(['http://a:1']);
  });

  it('with an empty answer does not wait for a fuller one', async () => {
    const { source, known } = follow((take) => take([]));
    await source.started;
    expect(known()).toEqual([]);
  });
});

describe('closing', () => {
  it('ends the question, the waits and the telling at once', async () => {
    let late: Take = () => {};
    const { registry, clock, source, known } = follow((take) => {
      late = take;
      return never();
    });
    let told = 0;
    source.subscribe(() => void told++);
    await source.close();
    await source.started;
    expect(registry.signal!.aborted).toBe(true);
    expect(registry.closed).toBe(true);
    late([at(1)]);
    expect([told, known(), clock.pending]).toEqual([0, [], 0]);
  });

  it('during a pause leaves no timer, and nothing is asked any more', async () => {
    const { registry, clock, source } = follow((take) => take([at(1)]));
    await source.started;
    await settle();
    await source.close();
    await settle();
    expect(clock.pending).toBe(0);
    await clock.advance(60_000);
    expect(registry.asked).toBe(1);
  });

  it('reports nothing of a question that fails because of it', async () => {
    let fail: (error: Error) => void = () => {};
    const { reports, source } = follow(() => new Promise((_, reject) => (fail = reject)));
    await source.close();
    fail(new Error('given up'));
    await settle();
    expect(reports).toEqual([]);
  });
});

import 'reflect-metadata';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type DeepPartial } from '@portico/config';
import type { Clock } from '@portico/core';
import { PushEndpoint } from '@portico/realtime';
import { createPush, type Push } from '../src/create-push.js';
import type { EventRule } from '../src/events/event-rules.config.js';
import { PushConfig, variablePrefix } from '../src/push.config.js';

/** The keys of every push service of a test. */
export const accessKey = 'a-key-for-tests-that-is-long-enough';
export const secondaryKey = 'the-next-key-for-tests-long-enough';

/** A push service of a test, with what services use to reach it. */
export interface TestPush extends Push {
  readonly endpoint: PushEndpoint;
  /** By which it is known in tokens. */
  readonly publicUrl: string;
}

export interface TestPushOptions {
  readonly config?: DeepPartial<PushConfig>;
  readonly rules?: readonly Partial<EventRule>[];
  readonly clock?: Clock;
}

/** Starts one on a free port; whoever starts it closes it. */
export async function startPush({ config = {}, rules = [], clock }: TestPushOptions = {}): Promise<TestPush> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-push-'));
  try {
    const file = join(folder, 'events.json');
    await writeFile(file, JSON.stringify({ rules }));
    const overrides = { port: 0, accessKey, secondaryKey, logLevel: 'silent', graceMs: 1_000, ...config, events: { file, ...config.events } } as DeepPartial<PushConfig>;
    const push = await createPush(loadConfig(PushConfig, { env: {}, prefix: variablePrefix, overrides }), clock === undefined ? {} : { clock });
    const publicUrl = config.endpoint ?? `http://localhost:${new URL(push.url).port}`;
    return { ...push, publicUrl, endpoint: endpointOf(publicUrl, accessKey, clock) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a service makes of a connection string. */
export function endpointOf(publicUrl: string, key = accessKey, clock?: Clock): PushEndpoint {
  return new PushEndpoint(`Endpoint=${publicUrl};AccessKey=${key};Version=1.0;`, clock === undefined ? {} : { clock });
}

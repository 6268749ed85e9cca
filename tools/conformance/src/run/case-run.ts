import { setTimeout as pause } from 'node:timers/promises';
import { importOcelot, type ImportOptions, type JsonObject } from '@portico/ocelot';
import { extensionPointsOf } from '../gateway/extension-points.js';
import type { GatewaySetup, RunningGateway, StartGateway } from '../gateway/gateway-under-test.js';
import { StubSet } from '../stubs/stub-set.js';
import { fillIn } from '../vectors/fill-in.js';
import type { Expectation, Vector, VectorRequest, VectorStep } from '../vectors/vector.js';
import { compareAnswer, compareCalls, compareCounts } from './compare.js';
import type { Aspect, Mismatch } from './mismatch.js';
import { send } from './send.js';

const pollEveryMs = 50;

/**
 * Tries one case on a gateway and stubs of its own. The result is what did not come as expected. It ends with the first step that goes wrong,
 * unless only in what is `tolerated`: the rest has to come as expected all the same.
 */
export async function runCase(vector: Vector, startGateway: StartGateway, tolerated: readonly Aspect[] = []): Promise<Mismatch[]> {
  const stubs = await StubSet.start(vector);
  const run = new CaseRun(vector, stubs, startGateway, tolerated);
  try {
    return await run.run();
  } finally {
    await run.close();
    await stubs.close();
  }
}

class CaseRun {
  readonly #vector: Vector;
  readonly #stubs: StubSet;
  readonly #startGateway: StartGateway;
  readonly #tolerated: readonly Aspect[];
  #gateway: RunningGateway | undefined = undefined;

  constructor(vector: Vector, stubs: StubSet, startGateway: StartGateway, tolerated: readonly Aspect[]) {
    this.#tolerated = tolerated;
    this.#vector = vector;
    this.#stubs = stubs;
    this.#startGateway = startGateway;
  }

  async close(): Promise<void> {
    await this.#gateway?.close();
  }

  async run(): Promise<Mismatch[]> {
    const { config, expect, request, steps, final } = this.#vector;
    const setup = this.#setup();
    if (typeof setup === 'string') return [startup(setup)];
    const imported = this.#import(config);
    if (expect?.startup === 'rejected') return imported.codes.includes(expect.reason ?? '') ? [] : [startup(`the importer found ${imported.codes.join(', ') || 'no fault'}, not ${expect.reason}`)];
    if (imported.codes.length > 0) return [startup(`the importer found ${imported.codes.join(', ')}`)];
    try {
      this.#gateway = await this.#startGateway(imported.file, setup);
    } catch (error) {
      return [startup(`the gateway did not start: ${messageOf(error)}`)];
    }
    const found: Mismatch[] = [];
    for (const step of steps ?? (request ? [{ request, ...(expect && { expect }) }] : [])) {
      found.push(...(await this.#step(step)));
      // What follows a step that went wrong says nothing any more.
      if (found.some(({ aspect }) => !this.#tolerated.includes(aspect))) return found;
    }
    return [...found, ...compareCounts(this.#stubs.log.calls, final?.callCounts ?? {})];
  }

  async #step({ request, expect = {}, repeat = 1, concurrency = 1, waitMs, replaceConfig, pollUntil }: VectorStep): Promise<Mismatch[]> {
    if (waitMs !== undefined) await pause(waitMs);
    if (replaceConfig !== undefined) {
      const { file, codes } = this.#import(replaceConfig);
      if (codes.length > 0) return [startup(`the importer found ${codes.join(', ')}`)];
      await this.#running.replaceFile(file);
    }
    if (pollUntil) return this.#poll(pollUntil);
    if (!request) return [];
    let left = repeat;
    const found: Mismatch[] = [];
    const worker = async (): Promise<void> => {
      while (left-- > 0 && found.length === 0) found.push(...(await this.#exchange(request, expect, concurrency === 1)));
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, repeat) }, worker));
    return found;
  }

  async #poll({ request, expect, timeoutMs }: NonNullable<VectorStep['pollUntil']>): Promise<Mismatch[]> {
    const endsAt = performance.now() + timeoutMs;
    for (;;) {
      const found = await this.#exchange(request, expect, true);
      if (found.length === 0 || performance.now() > endsAt) return found;
      await pause(pollEveryMs);
    }
  }

  /** `alone`: no other request is under way, so that the calls meanwhile are those of this one. */
  async #exchange(request: VectorRequest, expect: Expectation, alone: boolean): Promise<Mismatch[]> {
    const { log } = this.#stubs;
    const before = log.calls.length;
    const filled = fillIn(request, this.#stubs);
    const wanted = fillIn(expect, this.#stubs);
    try {
      const answer = await send(this.#running.url, filled);
      const found = compareAnswer(answer, wanted);
      if (!alone) return found;
      const backends = new Set(this.#vector.backends.map(({ name }) => name));
      const calls = log.calls.slice(before).filter(({ stub }) => backends.has(stub));
      return [...found, ...compareCalls(calls, log.calls.filter(({ stub }) => !backends.has(stub)), wanted)];
    } catch (error) {
      return [{ aspect: 'status', text: `no answer: ${messageOf(error)}` }];
    }
  }

  #import(config: unknown): { file: JsonObject; codes: string[] } {
    const { file, faults } = importOcelot(fillIn(config, this.#stubs), this.#importOptions());
    return { file, codes: [...new Set(faults.map(({ code }) => code))] };
  }

  #importOptions(): ImportOptions {
    const { auth, discovery, registry, registration } = this.#vector.setup ?? {};
    const services = Object.entries(discovery?.services ?? {}).map(([name, stubs]) => [name, stubs.map((stub) => `http://localhost:${fillIn(stub, this.#stubs)}`)] as const);
    return {
      ...(auth && { schemes: Object.keys(auth.schemes) }),
      ...(discovery && { services: Object.fromEntries(services) }),
      ...(registry?.kind === 'eureka' && { eureka: `http://localhost:${this.#stubs.portOf('registry:eureka')}/eureka` }),
      ...(registration && { globalHandlers: registration.filter(({ global }) => global).map(({ name }) => name) }),
    };
  }

  /** A text where the case needs code that is not known. */
  #setup(): GatewaySetup | string {
    const { id, setup } = this.#vector;
    const code = extensionPointsOf(id, setup);
    if (!code) return 'its setup is in words, and nobody here knows the case';
    const issuers = Object.entries(setup?.auth?.schemes ?? {}).map(([name, { issuer, audience }]) => ({ name, issuer, audience, jwksUri: this.#stubs.issuer?.jwksUri ?? '' }));
    return { issuers, trustForwardedFor: setup?.trustForwardedFor ?? false, maxBodyBytes: setup?.maxRequestBodyBytes, ...code };
  }

  get #running(): RunningGateway {
    return this.#gateway as RunningGateway;
  }
}

function startup(text: string): Mismatch {
  return { aspect: 'startup', text };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

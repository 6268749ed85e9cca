import type { DeepPartial } from '@portico/config';
import { degradedHeader, type GatewayConfig, type GatewayDefinition } from '@portico/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaks, matrixFaults, type MatrixFault } from './matrix-faults.js';
import { askScreen, type MatrixScreen, type ScreenAnswer } from './matrix-screen.js';
import { openServiceLine, type ServiceLine } from './service-line.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { startTestShop, type TestShop } from './test-shop.js';

export interface FaultMatrixOptions {
  /** Time that the front end allows for an answer that a slow service holds up, in ms; 1500 by default. Each such case takes that long. */
  readonly deadlineMs?: number;
  /** Time that it allows for every other answer, in ms; 5000 by default: plenty, for the machine may be busy with other tests. */
  readonly patienceMs?: number;
  /** What an answer may take longer than allowed because the machine is busy, in ms; 1000 by default. */
  readonly marginMs?: number;
  /** Services that speak XML, for which a wrong JSON type is none; `shipping` by default. */
  readonly xml?: readonly string[];
}

/**
 * Declares the fault matrix of a BFF: a test for each screen, each service and each fault.
 * An answer comes within the deadline whatever happens. A service that the screen needs makes it a problem of 502, 503 or 504; one that
 * it only uses never does, and then the answer says in its header what is missing; one that it does not use changes nothing.
 * Neither an address nor a word of a faulty service is in any answer.
 *
 * All screens are asked at once while a service has a fault, so that the whole matrix takes seconds.
 */
export function faultMatrix<C extends GatewayConfig>(definition: GatewayDefinition<C>, screens: readonly MatrixScreen[], options: FaultMatrixOptions = {}): void {
  const { deadlineMs = 1_500, patienceMs = 5_000, marginMs = 1_000, xml = ['shipping'] } = options;
  const services = Object.keys(new definition.config().services);
  let shop: TestShop;
  const prepare = async (): Promise<void> => {
    await Promise.all(screens.map((screen) => screen.prepare?.(shop)));
  };
  const askAll = async (bff: TestGateway, allowedMs: (screen: MatrixScreen) => number): Promise<Map<MatrixScreen, ScreenAnswer>> =>
    new Map(await Promise.all(screens.map(async (screen) => [screen, await askScreen(bff, screen, allowedMs(screen))] as const)));

  describe(`${definition.name} and its services`, () => {
    beforeAll(async () => {
      shop = await startTestShop();
    });
    afterAll(() => shop.close());

    describe('when all of them are well', () => {
      let answers: Map<MatrixScreen, ScreenAnswer>;
      beforeAll(async () => {
        const bff = await startTestGateway(definition, shop.origins, overridesFor<C>(services));
        // The first round loads what is loaded on first use; its time is not the services'.
        await prepare();
        await askAll(bff, () => patienceMs);
        await prepare();
        answers = await askAll(bff, () => patienceMs);
        await bff.close();
      });

      for (const screen of screens) it(`${screen.name} is complete`, () => assertOutcome['is complete'](answers.get(screen) as ScreenAnswer));
    });

    for (const service of services) describe(`when ${service}`, () => {
      let line: ServiceLine;
      let bff: TestGateway;
      beforeAll(async () => {
        line = await openServiceLine(shop.origins[service] as string);
        bff = await startTestGateway(definition, { ...shop.origins, [service]: line.origin }, overridesFor<C>(services));
      });
      afterAll(async () => {
        await bff.close();
        await line.cut();
      });

      const group = (fault: MatrixFault): void => {
        const affects = (screen: MatrixScreen): boolean => fault !== healthy && screen.uses.includes(service) && !(fault.jsonOnly && xml.includes(service));
        const allowedMs = (screen: MatrixScreen): number => (affects(screen) && isSlow(fault) ? deadlineMs : patienceMs);
        describe(fault.name, () => {
          let answers: Map<MatrixScreen, ScreenAnswer>;
          beforeAll(async () => {
            await prepare();
            await (fault.settings === 'cut' ? line.cut() : shop.faults(service, fault.settings));
            answers = await askAll(bff, allowedMs);
            await shop.faults(service, {});
          });

          for (const screen of screens) {
            const then = outcome(screen, service, affects(screen));
            it(`${screen.name} ${then}`, () => {
              const answer = answers.get(screen) as ScreenAnswer;
              expect(answer.tookMs).toBeLessThan(allowedMs(screen) + marginMs);
              expect(answer.text + JSON.stringify(answer.headers)).not.toMatch(leaks);
              assertOutcome[then](answer);
            });
          }
        });
      };

      // The gateway has not yet read the contract of such a service: that takes time, too.
      if (xml.includes(service)) for (const fault of matrixFaults.filter(isSlow)) group({ ...fault, name: `${fault.name} from the start` });
      group(healthy);
      for (const fault of matrixFaults) group(fault);
    });
  });

  function outcome(screen: MatrixScreen, service: string, affected: boolean): Outcome {
    if (!affected) return 'is complete';
    return screen.needs.includes(service) ? 'is a clear problem' : 'says what is missing';
  }
}

const healthy: MatrixFault = { name: 'is well again', settings: {} };

type Outcome = keyof typeof assertOutcome;

const assertOutcome = {
  'is complete': ({ status, headers, text }: ScreenAnswer): void => {
    expect(status, text).toBeLessThan(300);
    expect(headers[degradedHeader]).toBeUndefined();
  },
  'says what is missing': (answer: ScreenAnswer): void => {
    expect(answer.status, answer.text).toBeLessThan(300);
    expect(answer.headers[degradedHeader]).toMatch(/^\w+;reason=(timeout|unavailable|invalid|stale)(, \w+;reason=(timeout|unavailable|invalid|stale))*$/);
    // An answer that lacks something must not be kept as if it were whole.
    if (answer.headers['cache-control'] !== undefined) expect(answer.headers['cache-control']).toMatch(/no-store/);
  },
  'is a clear problem': (answer: ScreenAnswer): void => {
    const problem = JSON.parse(answer.text) as { status: number; code: string; correlationId: string };
    expect([502, 503, 504]).toContain(answer.status);
    expect(problem).toMatchObject({ status: answer.status, code: expect.stringMatching(/^SERVICE_/), correlationId: answer.headers['x-correlation-id'] });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' });
    if (answer.status === 503) expect(answer.headers['retry-after']).toMatch(/^[1-9]\d*$/);
  },
} as const;

function isSlow({ settings }: MatrixFault): boolean {
  return settings !== 'cut' && settings.latencyMs !== undefined;
}

/** Patient attempts, no breaker that one case leaves open for the next, no budget that one case uses up, and nothing kept that would hide a fault. */
function overridesFor<C extends GatewayConfig>(services: readonly string[]): DeepPartial<C> {
  const service = { attemptTimeoutMs: 3_000, totalTimeoutMs: 5_000, maxAttempts: 2, retryBudgetPercent: 100, breakerFailures: 10_000 };
  const overrides: DeepPartial<GatewayConfig> = {
    cache: { maxEntries: 1, maxBytes: 1 },
    limits: { addressPerMinute: 1_000_000, callerPerMinute: 1_000_000 },
    services: Object.fromEntries(services.map((name) => [name, service])),
  };
  return overrides as DeepPartial<C>;
}

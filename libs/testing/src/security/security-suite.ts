import type { DeepPartial } from '@portico/config';
import type { GatewayConfig, GatewayDefinition } from '@portico/gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestShop, type TestShop } from '../test-shop.js';
import { expectEffect } from './case-effects.js';
import { caseProcedures } from './case-procedures.js';
import { expectAnswer, isPlain, send, sendCase, type CaseSurroundings } from './case-runner.js';
import { hubCases } from './hub-cases.js';
import { sessionOf } from '../session-of.js';
import { customers, LabCredentials } from './lab-credentials.js';
import { placeholderFiller, type LabBindings } from './lab-placeholders.js';
import { securityCases, type CaseRequest, type DeviceClass, type SecurityCase } from './security-case.js';
import { openSecurityLab, type SecurityLab } from './security-lab.js';

export interface SecuritySuiteOptions {
  readonly deviceClass: DeviceClass;
  /** What the BFF has in place of what the cases name; the suite finds what belongs to its shop. */
  readonly bindings: Omit<LabBindings, 'foreignOrder' | 'ordering'>;
  /** Path of an order by its id. */
  readonly orderPath: (id: string) => string;
  /** Cases that are not run here, by their ids or groups. */
  readonly pending: readonly string[];
}

/** Some cases ask thousands of times. */
const longestMs = 120_000;

/** Declares the security cases of a BFF: a test for each, whose name begins with its id. The BFF really listens, and is attacked byte by byte. */
export function securitySuite<C extends GatewayConfig>(definition: GatewayDefinition<C>, { deviceClass, bindings, orderPath, pending }: SecuritySuiteOptions): void {
  const cases = securityCases().filter(({ id, group, applies }) => applies.includes(deviceClass) && !pending.includes(id) && !pending.includes(group));

  describe(`the security of ${definition.name}`, () => {
    let shop: TestShop;
    let lab: SecurityLab;
    let surroundings: CaseSurroundings;

    beforeAll(async () => {
      shop = await startTestShop();
      const overrides: DeepPartial<GatewayConfig> = { http: { requestTimeoutMs: 2_000 }, cors: deviceClass === 'web' ? { origins: ['https://app.shop.example'] } : {} };
      lab = await openSecurityLab(definition, shop.origins, overrides);
      const bound: LabBindings = { ...bindings, foreignOrder: orderPath(await orderOf(shop, 'c-bob')), ordering: shop.origins['ordering'] ?? '' };
      const fill = placeholderFiller(lab, bound, () => credentials);
      const credentials: LabCredentials = new LabCredentials(lab, fill);
      surroundings = { deviceClass, lab, bindings: bound, credentials, fill, signIn: deviceClass === 'web' ? (customer, at = lab) => cookieOf(at, customer) : (customer) => [['authorization', `Bearer ${credentials.good(customer)}`]] };
    });
    afterAll(async () => {
      await lab.close();
      await shop.close();
    });
    beforeEach(() => {
      lab.echo.seen.length = 0;
      lab.tester.seen.length = 0;
    });

    for (const given of cases) {
      it(`${given.id} ${given.title}`, { timeout: longestMs }, async () => {
        const procedure = caseProcedures[given.id] ?? hubCases[given.id];
        if (procedure) await procedure(surroundings, given);
        else if (!isPlain(given)) throw new Error('Nobody has written down how this case is run');
        else if (given.request.each) for (const one of given.request.each) await runOne(surroundings, given, one as CaseRequest);
        else {
          const made = await sendCase(surroundings, given);
          expectAnswer(given, made.answers[0]);
          expectEffect(given.id, surroundings, made);
        }
        expect(lab.tester.seen).toEqual([]);
      });
    }
  });
}

async function runOne(surroundings: CaseSurroundings, given: SecurityCase, one: CaseRequest | string): Promise<void> {
  const { each: _, ...shared } = given.request;
  const request = typeof one === 'string' ? { ...shared, path: (shared.path ?? '{{item}}').replaceAll('{{item}}', one) } : { ...shared, ...one };
  const made = await send(surroundings, request, given.expect.status);
  expectAnswer(given, made.answers[0]);
  expectEffect(given.id, surroundings, made);
}

function cookieOf({ gateway }: Pick<SecurityLab, 'gateway'>, customer: keyof typeof customers): readonly (readonly [string, string])[] {
  return [['cookie', `portico=${sessionOf(gateway, customers[customer], 'shop.read shop.write')}`], ['x-csrf', '1']];
}

async function orderOf(shop: TestShop, customer: string): Promise<string> {
  const answer = await fetch(`${shop.origins['ordering']}/orders?customerId=${customer}&limit=1`);
  const { items } = (await answer.json()) as { items: readonly { id: string }[] };
  return (items[0] as { id: string }).id;
}

import type { GatewayConfig, GatewayDefinition } from '@portico/gateway';
import { afterAll, beforeAll } from 'vitest';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { startTestShop, type TestShop } from './test-shop.js';

/** What the tests of a file share: there in hooks and tests, not before. */
export interface WithShop {
  readonly shop: TestShop;
  readonly bff: TestGateway;
}

/** A shop and a BFF of it, started before the tests of the surrounding block and closed after them. */
export function withShop<C extends GatewayConfig>(definition: GatewayDefinition<C>): WithShop {
  const given = {} as { shop: TestShop; bff: TestGateway };
  beforeAll(async () => {
    given.shop = await startTestShop();
    given.bff = await startTestGateway(definition, given.shop.origins);
  });
  afterAll(async () => {
    await given.bff.close();
    await given.shop.close();
  });
  return given;
}

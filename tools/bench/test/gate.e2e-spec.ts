import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '../src/machine/gateway.mjs';
import type { Bout } from '../src/plan/bouts.mjs';
import type { System } from '../src/plan/systems.mjs';
import { openArena, type Arena } from '../src/run/arena.mjs';
import { runBout } from '../src/run/run-bout.mjs';
import { answering, gatewayOf } from './gateways.js';

const bout: Bout = { name: 'W0', reviewsFault: 'none', lanes: [{ system: 'bare', workload: 'W0' }], ratios: {} };
const options = { only: ['W0'], systems: ['bare'], pairs: 1, seconds: 0.1, quick: true, json: undefined, markdown: undefined };

const right = `{ id, name: 'All-weather touring jacket ' + id, brand: 'Northfell', image: {
  url: 'https://images.shop.example/products/' + id + '/front-w640.avif', alt: 'Front view of ' + id } }`;

describe('the gate before and during a measurement', () => {
  let arena: Arena;
  beforeAll(async () => void (arena = await openArena()));
  afterAll(() => arena.close());

  const run = (system: System) => runBout(bout, [system], options, arena, () => undefined);

  it('lets a gateway through that answers the view model', async () => {
    await expect(run(gatewayOf(answering(right)))).resolves.toMatchObject([{ lane: 'bare@W0', round: 1 }]);
  });

  it('ends the run when a field too many leaves the gateway, and names it', async () => {
    await expect(run(gatewayOf(answering(`{ ...${right}, margin: 0.41 }`)))).rejects.toThrow('$.margin: not in the view model');
  });

  it('ends a window in which answers turn wrong', async () => {
    const system = gatewayOf(answering(`served > 100 ? { id } : ${right}`));
    const gateway = await startGateway(system, arena.surroundings);
    const job = { origin: gateway.origin, workload: 'W0', token: null, connections: 4, first: 1, runIn: 10, count: 200, pid: gateway.pid };
    await expect(arena.generator.call('measure', job)).rejects.toThrow('$.brand: missing');
    await gateway.stop();
  });

  it('sends the token to a gateway that refuses strangers', async () => {
    const guarded = answering(`request.headers.authorization === 'Bearer ${arena.surroundings.issuer.token}' ? ${right} : null`);
    await expect(run(gatewayOf(guarded, true))).resolves.toHaveLength(1);
  });

  it('ends the run when a gateway that needs a token answers without one', async () => {
    await expect(run(gatewayOf(answering(right), true))).rejects.toThrow('expected 401, got 200');
  });

  it('shows the output of a gateway that does not start', async () => {
    await expect(run(gatewayOf(`console.error('no such setting'); process.exit(3)`))).rejects.toThrow(/bare did not start[^]*no such setting/);
  });
});

import { definePipeline } from '@portico/policies';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/commands/explain.command.js';
import { inspectGateway } from '../../src/commands/inspect-gateway.js';
import { listRoutes } from '../../src/commands/routes.command.js';
import { GatewayConfig } from '../../src/index.js';
import { writeGatewayFile } from './aggregate-app.js';

class Nothing {}

const gateway = { name: 'test-bff', config: GatewayConfig, module: Nothing, pipeline: () => definePipeline() };
const content = {
  services: { shop: { instances: ['http://127.0.0.1:9'] } },
  routes: { order: { match: { path: '/o/{id}' }, to: { service: 'shop' } }, prices: { match: { path: '/prices', methods: ['GET'] }, to: { service: 'shop' } } },
  aggregates: {
    page: { match: { path: '/page/{id}' }, parts: { order: { route: 'order', required: true }, more: { route: 'prices', join: { ids: '$.order.ids', parameter: 'ids', chunkSize: 50 } } } },
  },
};

describe('what is said of a file with aggregates', () => {
  it('lists them among the routes', async () => {
    const lines = (await inspectGateway(gateway, [await writeGatewayFile(content)], listRoutes)).split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));
    expect(lines).toEqual(['route | methods | path | service and path | policies', 'page | GET,HEAD | /page/{id} | order + more=prices', 'order | all | /o/{id} | shop /o/{id}', 'prices | GET,HEAD | /prices | shop /prices']);
  });

  it('explains which parts are asked, and when', async () => {
    const file = await writeGatewayFile(content);
    const text = await inspectGateway(gateway, [file], (assembled) => explain(assembled, ['GET', '/page/7']));
    const lines = text.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));
    expect(lines).toContain('page | /page/{id} | is taken');
    expect(lines.slice(lines.indexOf('Answer: an object of its parts') + 1)).toEqual([
      'order | order | required, one call',
      'more | prices | optional, one call for every 50 ids, after order',
      '{id} = 7',
      'Policies (those of the backend section are those of the routes):',
    ]);
    expect(await inspectGateway(gateway, [file], (assembled) => explain(assembled, ['GET', '/o/7']))).toContain('Sent: GET /o/7');
  });
});

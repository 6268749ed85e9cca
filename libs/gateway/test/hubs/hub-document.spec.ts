import { Module } from '@nestjs/common';
import { authenticate, authorize, Public, Scopes } from '@portico/auth';
import { definePipeline } from '@portico/policies';
import { Hub, HubMethod } from '@portico/realtime';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/commands/explain.command.js';
import { inspectGateway } from '../../src/commands/inspect-gateway.js';
import { defineHubEvent, GatewayConfig, HubEvents, Summary } from '../../src/index.js';
import { openApiFaults } from '../openapi-rules.js';
import { startApp, type TestApp } from '../start-app.js';
import { LineView, TalkHub } from './talk.hub.js';

const NewsView = defineViewModel('News', Type.Object({ title: Type.String() }));
const news = defineHubEvent('news', NewsView);
const line = defineHubEvent('line', LineView);

@Hub('news')
@Scopes('news.read')
@HubEvents(news, line)
class NewsHub {
  @HubMethod()
  @Public()
  @Summary('All news from now on')
  follow(): void {}
}

interface Document {
  readonly paths: Record<string, { post: Record<string, unknown> }>;
  readonly components: { readonly schemas: Record<string, object>; readonly securitySchemes: Record<string, object> };
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('/openapi.json of a gateway with hubs', () => {
  let app: TestApp;
  let document: Document;
  beforeAll(async () => {
    app = await startApp({ providers: [TalkHub, NewsHub], policies: [authenticate(), authorize()] });
    document = (await app.client.get('/openapi.json').expect(200)).body as Document;
  });
  afterAll(() => app.close());

  it('is valid OpenAPI 3.0, and names their negotiations', () => {
    expect(openApiFaults(document as never)).toEqual([]);
    expect(Object.keys(document.paths).sort()).toEqual(['/hubs/news/negotiate', '/hubs/talk/negotiate']);
  });

  it('says who may connect, and what is asked and answered', () => {
    expect([document.paths['/hubs/talk/negotiate']?.post.security, document.paths['/hubs/news/negotiate']?.post.security]).toEqual([[], [{ bearer: ['news.read'] }]]);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['bearer']);
    expect(document.paths['/hubs/news/negotiate']?.post).toMatchObject({
      operationId: 'NewsHub.negotiate',
      parameters: [{ name: 'negotiateVersion', in: 'query' }, { name: 'useStatefulReconnect', in: 'query' }],
      responses: { 200: { content: { 'application/json': { schema: ref('HubNegotiation') } } }, 503: {}, default: {} },
    });
  });

  it('has what a negotiation answers as it is', async () => {
    const { body } = await app.client.post('/hubs/talk/negotiate?negotiateVersion=1');
    const { properties } = document.components.schemas['HubNegotiation'] as { properties: object };
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(body as object)));
  });

  it('lists what clients may call, with the schemas of what they send and get', () => {
    expect(document.paths['/hubs/talk/negotiate']?.post['x-hub-methods']).toEqual([
      { name: 'say', scopes: [], arguments: [ref('LineInput')], result: ref('Line') },
      { name: 'who', scopes: [], arguments: [], result: ref('Line') },
      { name: 'join', scopes: ['talk.join'], arguments: [] },
      { name: 'raw', scopes: [], arguments: [] },
      { name: 'count', scopes: [], arguments: [{ type: 'number' }], items: ref('Line') },
      { name: 'collect', scopes: [], arguments: [{ stream: true }, { type: 'string' }], result: ref('Line') },
    ]);
    expect(document.components.schemas['LineInput']).toMatchObject({ properties: { text: { type: 'string', minLength: 1, maxLength: 20 } } });
    expect(document.paths['/hubs/news/negotiate']?.post['x-hub-methods']).toEqual([{ name: 'follow', summary: 'All news from now on', scopes: [], arguments: [] }]);
  });

  it('lists what they are told, with the view models', () => {
    expect(document.paths['/hubs/news/negotiate']?.post['x-hub-events']).toEqual([
      { name: 'news', value: ref('News') },
      { name: 'line', value: ref('Line') },
    ]);
    expect(document.paths['/hubs/talk/negotiate']?.post['x-hub-events']).toEqual([]);
    expect(document.components.schemas['News']).toMatchObject({ properties: { title: { type: 'string' } } });
  });
});

describe('explain of a gateway with a hub', () => {
  @Module({ providers: [NewsHub] })
  class NewsModule {}
  const gateway = { name: 'test-bff', config: GatewayConfig, module: NewsModule, pipeline: () => definePipeline(authenticate(), authorize()) };
  const lines = async (method: string, url: string): Promise<string[]> => {
    const text = await inspectGateway(gateway, [], (assembled) => explain(assembled, [method, url]));
    return text.split('\n').map((each) => each.trim().replace(/ {2,}/g, ' | '));
  };

  it('knows its negotiation, and what runs there', async () => {
    expect(await lines('POST', '/hubs/news/negotiate')).toEqual([
      'POST /hubs/news/negotiate',
      'answered by the negotiation of a hub, which gives out tickets',
      'by NewsHub.negotiate',
      'Policies:',
      'inbound | authenticate | pipeline',
      'inbound | authorize | pipeline',
    ]);
  });

  it('knows what carries its connections, where a ticket is all', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) expect((await lines(method, '/hubs/news?id=1')).slice(1)).toEqual(['answered by a hub, to whoever has the ticket of the connection', 'by NewsHub.connection', 'Policies:']);
  });

  it('knows the calls of its methods, as logs name them', async () => {
    expect((await lines('INVOKE', '/hubs/news#follow')).slice(1, 3)).toEqual(['answered by a method of a hub', 'by NewsHub.follow']);
    expect(await lines('INVOKE', '/hubs/news#nothing')).toEqual(['INVOKE /hubs/news#nothing', expect.stringContaining('404')]);
  });
});

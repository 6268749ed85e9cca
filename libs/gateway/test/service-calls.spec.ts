import { Controller, Get } from '@nestjs/common';
import { Aggregator, defineAggregate } from '@portico/aggregation';
import { Public } from '@portico/auth';
import { defineService } from '@portico/backend-client';
import type { RequestContext } from '@portico/core';
import { startFakeService, type FakeService } from '@portico/core/testing';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Context, HttpServiceLoader, View } from '../src/index.js';
import { openRaw } from './raw-client.js';
import { startApp, type TestApp } from './start-app.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String() }));
const readThing = defineService('catalog').get('/things/1', { reads: Type.Object({ id: Type.String() }) });
const thing = defineAggregate('thing').required('thing', () => readThing()).shape(Thing, (parts) => parts.thing);

@Controller('things')
@Public()
class ThingsController {
  constructor(
    private readonly aggregator: Aggregator,
    private readonly http: HttpServiceLoader,
  ) {}

  @Get('aggregate')
  @View(Thing)
  aggregate(@Context() context: RequestContext) {
    return this.aggregator.run(thing, undefined, context);
  }

  @Get('http-service')
  @View(Thing)
  async httpService(@Context() context: RequestContext) {
    const http = await this.http.load();
    return (await http.axiosRef.get<{ id: string }>('http://catalog/things/1', { context })).data;
  }
}

let service: FakeService;
let app: TestApp;
beforeAll(async () => {
  service = await startFakeService(() => ({ id: '1', secret: 'secret' }));
  app = await startApp({ controllers: [ThingsController], overrides: { services: { catalog: { instances: [service.origin] } } } });
});
afterAll(async () => {
  await app.close();
  await service.close();
});
beforeEach(() => {
  service.seen.length = 0;
  service.handler = () => ({ id: '1', secret: 'secret' });
});

const traceId = '0af7651916cd43dd8448eb211c80319c';

describe.each(['aggregate', 'http-service'])('a call of a service by %s', (way) => {
  const path = `/things/${way}`;

  it('carries the trace, the correlation id and what is left of the deadline', async () => {
    await app.client
      .get(path)
      .set({ traceparent: `00-${traceId}-b7ad6b7169203331-01`, tracestate: 'vendor=1', 'x-correlation-id': 'client-id-1234', 'portico-timeout-ms': '700' })
      .expect(200, '{"id":"1"}');
    const headers = service.seen[0]?.headers ?? {};
    expect(headers.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-0[01]$`));
    expect(headers.traceparent).not.toContain('b7ad6b7169203331');
    expect(headers).toMatchObject({ tracestate: 'vendor=1', 'x-correlation-id': 'client-id-1234' });
    expect(Number(headers['portico-timeout-ms'])).toBeGreaterThan(0);
    expect(Number(headers['portico-timeout-ms'])).toBeLessThanOrEqual(700);
  });

  it('begins a trace of its own when the client sends none, or none that can be read', async () => {
    await app.client.get(path).set('traceparent', '00-xyz-1-01').expect(200);
    expect(service.seen[0]?.headers.traceparent).toMatch(/^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-00$/);
  });

  it('carries nothing else that the client sent', async () => {
    await app.client.get(path).set({ authorization: 'Bearer secret', cookie: 'a=secret', 'x-forwarded-for': '1.2.3.4', 'x-user': 'admin' }).expect(200);
    expect(JSON.stringify(service.seen[0]?.headers)).not.toMatch(/secret|1\.2\.3\.4|admin/);
  });

  it('ends when the client leaves', async () => {
    const asked = new Promise<void>((resolve) => (service.handler = () => void resolve()));
    const connection = openRaw(app.port, `GET ${path} HTTP/1.1\r\nhost: a\r\nx-correlation-id: leaves-${way}\r\n\r\n`);
    await asked;
    const left = new Promise((resolve) => {
      const seen = service.seen[0] as { aborted: boolean };
      Object.defineProperty(seen, 'aborted', { set: resolve, get: () => false });
    });
    connection.socket.destroy();
    expect(await left).toBe(true);
    expect(await app.logged((line) => line.id === `leaves-${way}`)).toMatchObject({ status: 499 });
  });

  it('that is refused leaks no address', async () => {
    service.handler = (_, response) => void response.writeHead(500).end('secret stack');
    const { status, text } = await app.client.get(path);
    expect(status).toBeGreaterThanOrEqual(500);
    expect(text).not.toMatch(/secret|127\.0\.0\.1|at .*\.ts/);
    expect(text).not.toContain(new URL(service.origin).port);
  });
});

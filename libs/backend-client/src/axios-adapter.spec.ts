import { gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { isPorticoError, PorticoError } from '@portico/core';
import { ManualClock, startFakeService, startRawServer, testContext, type FakeHandler, type FakeService } from '@portico/core/testing';
import axios, { AxiosError, isAxiosError, isCancel, type AxiosInstance } from 'axios';
import { describe, expect, it } from 'vitest';
import { clientOf, closing, gate, Heard, rejection, type ClientOptions } from '../test/fixtures.js';
import { createAxiosAdapter } from './axios-adapter.js';
import { createHttpClient, type BackendClient, type ServiceConfig } from './index.js';

interface Stage {
  readonly http: AxiosInstance;
  readonly service: FakeService;
  readonly client: BackendClient;
}

async function stage(handler: FakeHandler, settings: Partial<ServiceConfig> = {}, options: ClientOptions = {}): Promise<Stage> {
  const service = closing(await startFakeService(handler));
  const client = clientOf(service.origin, settings, options);
  return { service, client, http: axios.create({ adapter: createAxiosAdapter(client) }) };
}

const failure = async (work: Promise<unknown>): Promise<AxiosError> => (await rejection(work)) as AxiosError;

describe('axios over the client', () => {
  it('finds a service by its name, and parses what it answers', async () => {
    const { http, service } = await stage(() => ({ id: 'p-1' }));
    const response = await http.get('http://shop/products/p-1');
    expect(response).toMatchObject({ status: 200, statusText: 'OK', data: { id: 'p-1' } });
    expect(response.headers['content-type']).toBe('application/json');
    expect(service.seen[0]).toMatchObject({ method: 'GET', url: '/products/p-1' });
  });

  it('reaches an origin that is no service', async () => {
    const { service } = await stage(() => ({}));
    const { http } = await stage(() => ({ wrong: true }));
    await http.get(`${service.origin}/.well-known/openid-configuration`);
    expect(service.seen[0]).toMatchObject({ url: '/.well-known/openid-configuration' });
  });

  it.each([
    ['http://shop', '/products', '/products'],
    ['http://shop/api', '/products', '/api/products'],
    ['http://shop/api/', 'products', '/api/products'],
    ['http://shop/api', '', '/api'],
    ['http://nowhere', 'http://shop/other', '/other'],
  ])('puts %s and %j together as axios does', async (baseURL, url, path) => {
    const { http, service } = await stage(() => ({}));
    await http.get(url, { baseURL });
    expect(service.seen[0]?.url).toBe(path);
  });

  it.each<[object, string]>([
    [{ page: 2, q: 'a b&c' }, '/x?page=2&q=a+b%26c'],
    [{ page: undefined, q: null }, '/x'],
    [{ ids: ['a', 'b'] }, '/x?ids%5B%5D=a&ids%5B%5D=b'],
    [new URLSearchParams({ a: '1' }), '/x?a=1'],
  ])('writes the parameters %j as axios does', async (params, url) => {
    const { http, service } = await stage(() => ({}));
    await http.get('http://shop/x', { params });
    expect(service.seen[0]?.url).toBe(url);
  });

  it('keeps a query that stands in the address already', async () => {
    const { http, service } = await stage(() => ({}));
    await http.get('http://shop/shipping?wsdl', { params: { v: 1 } });
    expect(service.seen[0]?.url).toBe('/shipping?wsdl&v=1');
  });

  it.each<[string, unknown, string, string]>([
    ['an object', { a: 'ä' }, '{"a":"ä"}', 'application/json'],
    ['a form', new URLSearchParams({ a: '1 2' }), 'a=1+2', 'application/x-www-form-urlencoded;charset=utf-8'],
    ['bytes', Buffer.from('bytes'), 'bytes', 'application/x-www-form-urlencoded'],
    ['a view of bytes', new Uint8Array([104, 105]), 'hi', 'application/x-www-form-urlencoded'],
  ])('sends %s', async (_, data, body, type) => {
    const { http, service } = await stage(() => ({}));
    await http.post('http://shop/orders', data);
    expect(service.seen[0]).toMatchObject({ method: 'POST', body });
    expect(service.seen[0]?.headers).toMatchObject({ 'content-type': type, 'content-length': String(Buffer.byteLength(body)) });
  });

  it('sends text with the header fields it is given, and counts its length itself', async () => {
    const { http, service } = await stage((_, response) => void response.writeHead(200, { 'content-type': 'text/xml' }).end('<answer/>'));
    const { data } = await http.post('http://shop/soap', '<ask/>', { headers: { SOAPAction: '"track"', 'Content-Type': 'text/xml', 'Content-Length': '999' } });
    expect(data).toBe('<answer/>');
    expect(service.seen[0]).toMatchObject({ body: '<ask/>', headers: { soapaction: '"track"', 'content-type': 'text/xml', 'content-length': '6' } });
  });

  it('refuses a body that streams', async () => {
    const { http, service } = await stage(() => ({}));
    expect(await failure(http.post('http://shop/x', Readable.from(['a'])))).toMatchObject({ code: AxiosError.ERR_NOT_SUPPORT });
    expect(service.seen).toHaveLength(0);
  });

  it('signs in with basic credentials, of the configuration or of the address', async () => {
    const { http, service } = await stage(() => ({}));
    await http.get('http://shop/x', { auth: { username: 'ann', password: 'p:w' } });
    await http.get('http://bob:s%20e@shop/x');
    expect(service.seen.map(({ headers }) => Buffer.from(String(headers.authorization).slice(6), 'base64').toString())).toEqual(['ann:p:w', 'bob:s e']);
  });

  it('hands out bytes, text or a stream as asked', async () => {
    const { http } = await stage((_, response) => void response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end(gzipSync('é')));
    const bytes = await http.get<Buffer>('http://shop/x', { responseType: 'arraybuffer' });
    expect(bytes.data).toEqual(Buffer.from('é'));
    expect(bytes.headers['content-encoding']).toBeUndefined();
    expect((await http.get('http://shop/x', { responseType: 'text' })).data).toBe('é');
    expect(await (await http.get<Readable>('http://shop/x', { responseType: 'stream' })).data.toArray()).toEqual([Buffer.from('é')]);
  });

  it('passes correlation, trace and time on for a request', async () => {
    const { http, service } = await stage(() => ({}));
    await http.get('http://shop/x', { context: testContext({ id: 'corr-7', deadlineMs: 400 }) });
    expect(service.seen[0]?.headers).toMatchObject({ 'x-correlation-id': 'corr-7', traceparent: expect.stringMatching(/^00-/) });
    expect(Number(service.seen[0]?.headers['portico-timeout-ms'])).toBeLessThanOrEqual(400);
  });

  it('answers HEAD, whatever length that announces', async () => {
    const { http } = await stage((_, response) => void response.writeHead(200, { 'content-length': '52428800' }).end());
    await expect(http.head('http://shop/x')).resolves.toMatchObject({ status: 200, data: '' });
  });
});

describe('axios over the client, refused by status', () => {
  it.each([
    [400, AxiosError.ERR_BAD_REQUEST],
    [404, AxiosError.ERR_BAD_REQUEST],
    [302, AxiosError.ERR_BAD_RESPONSE],
    [500, AxiosError.ERR_BAD_RESPONSE],
    [503, AxiosError.ERR_BAD_RESPONSE],
  ])('fails by %i with %s, and has the response', async (status, code) => {
    const { http, service } = await stage((_, response) => void response.writeHead(status, { 'content-type': 'application/json', location: 'http://shop/elsewhere' }).end('{"why":"so"}'));
    const error = await failure(http.get('http://shop/x'));
    expect(isAxiosError(error)).toBe(true);
    expect(error).toMatchObject({ code, message: `Request failed with status code ${status}`, response: { status, data: { why: 'so' } } });
    expect(service.seen).toHaveLength(1);
  });

  it.each([[404], [503]])('takes %i for an answer where that is allowed', async (status) => {
    const { http } = await stage((_, response) => void response.writeHead(status).end());
    await expect(http.get('http://shop/x', { validateStatus: () => true })).resolves.toMatchObject({ status });
    await expect(http.get('http://shop/x', { validateStatus: null })).resolves.toMatchObject({ status });
  });

  it.each([[429], [502], [503], [504]])('tries a GET again after %i', async (status) => {
    const { http, service }: Stage = await stage((_, response) => (service.seen.length < 3 ? void response.writeHead(status).end() : { ok: true }), { maxAttempts: 3 });
    await expect(http.get('http://shop/x')).resolves.toMatchObject({ data: { ok: true } });
    expect(service.seen).toHaveLength(3);
  });

  it('sends a POST once', async () => {
    const { http, service } = await stage((_, response) => void response.writeHead(503).end(), { maxAttempts: 3 });
    await expect(http.post('http://shop/x', {})).rejects.toMatchObject({ response: { status: 503 } });
    expect(service.seen).toHaveLength(1);
  });

  it('opens the breaker by 503, but not by 500, which is how SOAP refuses', async () => {
    const telemetry = new Heard();
    let status = 500;
    const { http, service } = await stage((_, response) => void response.writeHead(status).end('<fault/>'), { breakerFailures: 2 }, { telemetry });
    for (let count = 0; count < 5; count++) await failure(http.post('http://shop/soap', '<ask/>'));
    expect([service.seen.length, telemetry.count('breaker-opened')]).toEqual([5, 0]);
    status = 503;
    for (let count = 0; count < 5; count++) await failure(http.post('http://shop/soap', '<ask/>'));
    expect([service.seen.length, telemetry.count('breaker-opened')]).toEqual([7, 1]);
  });
});

describe('axios over the client, failed', () => {
  it('has ERR_NETWORK and the coded error behind it when nobody answers', async () => {
    const closed = await startRawServer(() => {});
    await closed.close();
    const http = axios.create({ adapter: createAxiosAdapter(clientOf(closed.origin)) });
    const error = await failure(http.get('http://shop/x'));
    expect(error).toMatchObject({ name: 'AxiosError', code: AxiosError.ERR_NETWORK });
    expect([error.response, error.status]).toEqual([undefined, undefined]);
    expect(isPorticoError(error.cause) && error.cause.code).toBe('SERVICE_UNAVAILABLE');
  });

  it('has ERR_BAD_RESPONSE for an answer that breaks off', async () => {
    const server = closing(await startRawServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx')));
    const http = axios.create({ adapter: createAxiosAdapter(clientOf(server.origin)) });
    expect(await failure(http.get('http://shop/x'))).toMatchObject({ name: 'AxiosError', code: AxiosError.ERR_BAD_RESPONSE });
  });

  it.each([['no address'], ['ftp://shop/x'], ['http://']])('has ERR_INVALID_URL for %j', async (url) => {
    const { http } = await stage(() => ({}));
    expect(await failure(http.get(url))).toMatchObject({ code: AxiosError.ERR_INVALID_URL });
  });

  it.each([
    ['its timeout', { timeout: 150 }, 150],
    ['the deadline of the request', { timeout: 5_000, deadlineMs: 120 }, 120],
    ['three seconds when nothing is said', {}, 3_000],
  ])('has ETIMEDOUT after %s, and hangs up', async (_, { timeout = 0, deadlineMs }: { timeout?: number; deadlineMs?: number }, afterMs) => {
    const clock = new ManualClock();
    const asked = gate();
    const server = closing(await startRawServer(() => asked.open()));
    const http = axios.create({ adapter: createAxiosAdapter(clientOf(server.origin, { attemptTimeoutMs: 10_000, totalTimeoutMs: 10_000 }, { clock })) });
    const failed = failure(http.get('http://shop/x', { timeout, ...(deadlineMs && { context: testContext({ clock, deadlineMs }) }) }));
    await asked.opened;
    let over = false;
    void failed.then(() => (over = true));
    await clock.advance(afterMs - 1);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(await failed).toMatchObject({ name: 'AxiosError', code: AxiosError.ETIMEDOUT });
    await server.leftByClient;
    expect(clock.pending).toBe(0);
  });

  const cancelSource = axios.CancelToken.source();
  const controller = new AbortController();
  const context = testContext({ deadlineMs: 60_000 });
  it.each([
    ['its signal', { signal: controller.signal }, () => controller.abort()],
    ['its cancel token, as HttpService does it', { cancelToken: cancelSource.token }, () => cancelSource.cancel()],
    ['the client that leaves', { context }, () => context.cancellation.cancel(new PorticoError('CLIENT_CLOSED'))],
  ])('is cancelled by %s, and hangs up', async (_, config, cancel) => {
    const asked = gate();
    const server = closing(await startRawServer(() => asked.open()));
    const http = axios.create({ adapter: createAxiosAdapter(clientOf(server.origin)) });
    const failed = failure(http.get('http://shop/x', config));
    await asked.opened;
    cancel();
    const error = await failed;
    expect(isCancel(error)).toBe(true);
    expect(error.code).toBe(AxiosError.ERR_CANCELED);
    expect(isPorticoError(error.cause)).toBe(true);
    await server.leftByClient;
    await expect(http.get('http://shop/x', config)).rejects.toSatisfy(isCancel);
    expect(server.seen).toHaveLength(1);
  });

  it('comes from createHttpClient too', async () => {
    const { client } = await stage(() => ({ ok: true }));
    const http = await createHttpClient(client);
    await expect(http.get('http://shop/x')).resolves.toMatchObject({ data: { ok: true } });
  });

  it('leaves nothing on the signal or the request when it has ended', async () => {
    const { http } = await stage(() => ({}));
    const listening = new Set<unknown>();
    const signal = {
      aborted: false,
      addEventListener: (_: string, listener: unknown) => void listening.add(listener),
      removeEventListener: (_: string, listener: unknown) => void listening.delete(listener),
    };
    await http.get('http://shop/x', { signal: signal as unknown as AbortSignal });
    expect(listening.size).toBe(0);
  });
});

import { verify as verifySignature, createPublicKey } from 'node:crypto';
import { connect as connectHttp2 } from 'node:http2';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { caseOf } from '../../test/cases.js';
import type { BackEndSpec, Vector } from '../vectors/vector.js';
import { StubSet } from './stub-set.js';

const open: StubSet[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((stubs) => stubs.close()));
});

async function started(more: Partial<Vector>): Promise<StubSet> {
  const stubs = await StubSet.start(caseOf(more));
  open.push(stubs);
  return stubs;
}

async function backEnd(spec: Omit<BackEndSpec, 'name'>): Promise<string> {
  return `http://localhost:${(await started({ backends: [{ name: 'a', ...spec }] })).portOf('backend:a')}`;
}

describe('a back end', () => {
  it('answers in turn, and then always the same', async () => {
    const url = await backEnd({ behaviour: 'sequence', responses: [{ status: 500, body: 'one' }, { status: 200, body: 'two' }] });
    const answers = [];
    for (let count = 0; count < 3; count++) answers.push(await fetch(url).then(async (answer) => [answer.status, await answer.text()]));
    expect(answers).toEqual([[500, 'one'], [200, 'two'], [200, 'two']]);
  });

  it('answers by path, or 404', async () => {
    const url = await backEnd({ behaviour: 'byPath', byPath: { '/x': { status: 201, body: 'x' } } });
    expect(await fetch(`${url}/x?y=1`).then((answer) => answer.status)).toBe(201);
    expect(await fetch(`${url}/toString`).then((answer) => answer.status)).toBe(404);
  });

  it('sends headers that name other stubs', async () => {
    const stubs = await started({ backends: [{ name: 'a', behaviour: 'fixed', headers: { location: 'http://${backend:b}/x' } }, { name: 'b', behaviour: 'fixed' }] });
    const { headers } = await fetch(`http://localhost:${stubs.portOf('backend:a')}`);
    expect(headers.get('location')).toBe(`http://localhost:${stubs.portOf('backend:b')}/x`);
  });

  it('listens in both address families, where there are two', async () => {
    const url = await backEnd({ behaviour: 'fixed', body: 'hello' });
    expect(await fetch(url.replace('localhost', '127.0.0.1')).then((answer) => answer.text())).toBe('hello');
  });

  it('that is offline refuses the connection', async () => {
    await expect(fetch(await backEnd({ behaviour: 'offline' }))).rejects.toThrow('fetch failed');
  });

  it('shows a certificate for localhost that nobody vouches for', async () => {
    const port = new URL(await backEnd({ behaviour: 'fixed', body: 'hello', tls: 'self-signed' })).port;
    const ask = (rejectUnauthorized: boolean): Promise<string> =>
      new Promise((resolve, reject) => secureRequest({ host: 'localhost', port, rejectUnauthorized, agent: false }, (answer) => answer.resume().on('end', () => resolve(answer.statusMessage ?? ''))).on('error', reject).end());
    await expect(ask(true)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(await ask(false)).toBe('OK');
  });

  it('speaks HTTP/2 alone when told so', async () => {
    const url = (await backEnd({ behaviour: 'fixed', body: 'hello', tls: 'self-signed', protocols: ['h2'] })).replace('http:', 'https:');
    const session = connectHttp2(url, { rejectUnauthorized: false });
    const text = await new Promise<string>((resolve, reject) => {
      session.on('error', reject);
      const exchange = session.request({ ':path': '/' }).setEncoding('utf8');
      let body = '';
      exchange.on('data', (chunk: string) => (body += chunk)).on('end', () => resolve(body));
    });
    session.close();
    expect(text).toBe('hello');
    const plain = new Promise((_, reject) => connectTls({ host: 'localhost', port: Number(new URL(url).port), rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] }, () => reject(new Error('it spoke'))).on('error', reject));
    await expect(plain).rejects.not.toThrow('it spoke');
  });

  it('echoes the messages of a WebSocket', async () => {
    const socket = connect(Number(new URL(await backEnd({ behaviour: 'wsEcho' })).port), 'localhost');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
    // "Hi", masked with zeros.
    socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x48, 0x69]));
    let seen = Buffer.alloc(0);
    for await (const chunk of socket) {
      seen = Buffer.concat([seen, chunk as Buffer]);
      if (seen.includes(Buffer.from([0x81, 0x02, 0x48, 0x69]))) break;
    }
    // The example of RFC 6455 1.3.
    expect(seen.toString('latin1')).toContain('sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });
});

describe('a registry', () => {
  const json = async (url: string, init?: RequestInit): Promise<unknown> => (await fetch(url, init)).json();

  it('may be Consul, and is remembered with what it was asked', async () => {
    const stubs = await started({ setup: { registry: { kind: 'consul', services: { wares: ['backend:a'] } } } });
    const url = `http://localhost:${stubs.portOf('registry:consul')}/v1/health/service`;
    expect(await json(`${url}/wares?passing=1`, { headers: { 'x-consul-token': 't' } })).toMatchObject([{ Service: { Port: stubs.portOf('backend:a') } }]);
    expect(await json(`${url}/other`)).toEqual([]);
    expect(stubs.log.calls[0]).toMatchObject({ stub: 'consul', path: '/v1/health/service/wares', headers: { 'x-consul-token': 't' } });
    await expect(fetch(`${url}/wares?index=7`, { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout');
  });

  it('may be Eureka', async () => {
    const stubs = await started({ setup: { registry: { kind: 'eureka', services: { wares: ['backend:a'] } } } });
    const url = `http://localhost:${stubs.portOf('registry:eureka')}/eureka/apps`;
    expect(await json(url)).toMatchObject({ applications: { application: [{ name: 'WARES', instance: [{ status: 'UP', port: { $: stubs.portOf('backend:a') } }] }] } });
    expect(await json(`${url}/delta`)).toMatchObject({ applications: { apps__hashcode: 'UP_1_', application: [] } });
    expect(await json(`${url}/wares`)).toMatchObject({ application: { name: 'WARES' } });
  });

  it('may be Kubernetes', async () => {
    const services = { wares: { addresses: ['127.0.0.1'], ports: [{ name: 'http', port: 'backend:a' }] } };
    const stubs = await started({ setup: { registry: { kind: 'kubernetes', namespace: 'dev', services } } });
    const url = `http://localhost:${stubs.portOf('registry:kube')}/api/v1/namespaces/dev/endpoints`;
    const wares = { metadata: { name: 'wares' }, subsets: [{ addresses: [{ ip: '127.0.0.1' }], ports: [{ name: 'http', port: stubs.portOf('backend:a') }] }] };
    expect(await json(`${url}/wares`)).toMatchObject(wares);
    expect(await json(url)).toMatchObject({ kind: 'EndpointsList', items: [wares] });
    expect(await fetch(`${url}/other`).then(({ status }) => status)).toBe(404);
    const watch = await fetch(`${url}?watch=1`);
    expect(watch.status).toBe(200);
    await watch.body?.cancel();
  });
});

it('the tokens of a case carry a signature that the published key fits', async () => {
  const auth = { schemes: {}, tokens: { t: { issuer: 'https://id.example', audience: 'shop', claims: { sub: 'ann', scope: ['a'] } } } };
  const stubs = await started({ setup: { auth } });
  const [head = '', body = '', signature = ''] = stubs.token('t')?.split('.') ?? [];
  expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toMatchObject({ iss: 'https://id.example', aud: 'shop', sub: 'ann', scope: ['a'] });
  const { keys } = (await (await fetch(stubs.issuer?.jwksUri ?? '')).json()) as { keys: [unknown] };
  const key = createPublicKey({ key: keys[0] as never, format: 'jwk' });
  expect(verifySignature('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))).toBe(true);
});

import vm from 'node:vm';
import fastify from 'fastify';
import { describe, expect, it, beforeAll, afterAll } from 'vitest';
import { PorticoError, type Policy } from '@portico/core';
import { Readiness } from '../src/system/readiness.js';
import { installSystemEndpoints } from '../src/system/system-endpoints.js';
import { startApp, type TestApp } from './start-app.js';

const closed: Policy = { name: 'closed', compile: (endpoint) => (endpoint.kind === 'system' ? undefined : { inbound: () => Promise.reject(new PorticoError('TOKEN_MISSING')) }) };

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ policies: [closed] });
});
afterAll(() => app.close());

describe('health', () => {
  it('is live and ready once the gateway listens', async () => {
    await app.client.get('/health/live').expect(200, '{"status":"ok"}');
    const { headers } = await app.client.get('/health/ready').expect(200, '{"status":"ready"}');
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['starting', 503],
    ['ready', 200],
    ['stopping', 503],
  ] as const)('answers %s with %i', async (state, status) => {
    const server = fastify();
    const readiness = Object.assign(new Readiness(), { state });
    installSystemEndpoints(server, { name: 'test', app: undefined as never, operations: [], hubs: [], readiness, replica: undefined, telemetry: undefined as never, pages: [] });
    const { statusCode, body } = await server.inject('/health/ready');
    expect({ statusCode, body }).toEqual({ statusCode: status, body: `{"status":"${state}"}` });
    expect((await server.inject('/health/live')).statusCode).toBe(200);
    await server.close();
  });

  it('names the replica where there may be others, for whoever balances them', async () => {
    const server = fastify();
    installSystemEndpoints(server, { name: 'test', app: undefined as never, operations: [], hubs: [], readiness: Object.assign(new Readiness(), { state: 'ready' as const }), replica: 'one', telemetry: undefined as never, pages: [] });
    expect((await server.inject('/health/ready')).body).toBe('{"status":"ready","replica":"one"}');
    await server.close();
  });

  it('begins as not ready', () => {
    expect(new Readiness().state).toBe('starting');
  });
});

describe('metrics', () => {
  it('are in the text format of Prometheus and count requests by endpoint', async () => {
    const { text, headers } = await app.client.get('/metrics').expect(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toMatch(/^portico_http_requests_total\{method="GET",route="\/health\/live",status_class="2xx"\} \d+$/m);
  });
});

describe('the documentation page', () => {
  it('loads nothing from elsewhere, and is forbidden to', async () => {
    const { text, headers } = await app.client.get('/docs').expect(200);
    expect(text).toContain('test-bff');
    expect([...text.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1])).toEqual(['data:,', '/docs/docs.css', '/docs/docs.js']);
    expect(text).not.toMatch(/https?:|\/\/[a-z]/i);
    expect(text).not.toMatch(/<script(?![^>]* src=)|\son\w+=|<style|\sstyle=/);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('has a script that parses and takes no text for markup', async () => {
    const { text, headers } = await app.client.get('/docs/docs.js').buffer(true).expect(200);
    expect(headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' });
    // A module may await at its top level; a function body that may is parsed alike.
    expect(() => new vm.Script(`(async () => {${text}\n})`)).not.toThrow();
    expect(text).not.toMatch(/https?:\/\/|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\bimport\b/);
  });

  it('has a style that fetches nothing', async () => {
    const { text, headers } = await app.client.get('/docs/docs.css').buffer(true).expect(200);
    expect(headers).toMatchObject({ 'content-type': 'text/css; charset=utf-8', 'x-content-type-options': 'nosniff' });
    expect(text).not.toMatch(/url\(|@import/);
  });
});

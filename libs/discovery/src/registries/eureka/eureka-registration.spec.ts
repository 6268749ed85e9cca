import type { Timer } from '@portico/core';
import { ManualClock, settle, startFakeService, type FakeService } from '@portico/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { optionsOf } from '../../../test/registry-fixtures.js';
import { EurekaRegistration } from './eureka-registration.js';
import { EurekaRegistrationOptions } from './eureka-registration.config.js';

const requestTimeoutMs = 5_000;

/** A clock that remembers the delay of the latest timer. */
class NotingClock extends ManualClock {
  latestMs = 0;

  override schedule(task: () => void, delayMs: number): Timer {
    this.latestMs = delayMs;
    return super.schedule(task, delayMs);
  }
}

/** An Eureka that answers with the status of each method. */
async function registration(given: Partial<EurekaRegistrationOptions> = {}, statuses: Record<string, number> = {}) {
  const status: Record<string, number> = { POST: 204, PUT: 200, DELETE: 200, ...statuses };
  const server = await startFakeService(({ method }, response) => void response.writeHead(status[method]!).end());
  const clock = new NotingClock();
  const errors: string[] = [];
  const options = optionsOf(EurekaRegistrationOptions, { urls: [`${server.origin}/eureka`], app: 'web-bff', hostName: 'web.example', port: 8080, requestTimeoutMs, ...given });
  const registered = new EurekaRegistration(options, { clock, random: () => 1, onError: (error) => void errors.push(error.message) });
  onTestFinished(async () => {
    await registered.close();
    await server.close();
  });
  /** Waits until the `count`-th request was answered and the wait after it has begun. */
  const requests = async (count: number): Promise<string[]> => {
    while (server.seen.length < count || clock.latestMs === requestTimeoutMs) await settle();
    return server.seen.map(({ method, url }) => `${method} ${url}`);
  };
  return { server, clock, errors, registered, status, requests };
}

const body = (server: FakeService) => (JSON.parse(server.seen[0]!.body) as { instance: Record<string, unknown> }).instance;

describe('a registration', () => {
  it('tells Eureka where this process is', async () => {
    const { server, registered } = await registration({ securePort: 8443, ipAddress: '10.0.0.9' });
    await registered.registered;
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/eureka/apps/WEB-BFF' });
    expect(body(server)).toMatchObject({
      instanceId: 'web.example:web-bff:8080',
      app: 'WEB-BFF',
      hostName: 'web.example',
      ipAddr: '10.0.0.9',
      vipAddress: 'web-bff',
      status: 'UP',
      port: { $: 8080, '@enabled': 'true' },
      securePort: { $: 8443, '@enabled': 'true' },
      healthCheckUrl: 'http://web.example:8080/health/ready',
      leaseInfo: { renewalIntervalInSecs: 30, durationInSecs: 90 },
    });
  });

  it('of a process that only speaks HTTPS says so', async () => {
    const { server, registered } = await registration({ port: 0, securePort: 8443 });
    await registered.registered;
    expect(body(server)).toMatchObject({ port: { '@enabled': 'false' }, securePort: { $: 8443, '@enabled': 'true' }, homePageUrl: 'https://web.example:8443/' });
  });

  it('is kept by heartbeats', async () => {
    const { clock, requests } = await registration();
    await requests(1);
    await clock.advance(29_999);
    expect(await requests(1)).toHaveLength(1);
    await clock.advance(1);
    expect((await requests(2))[1]).toBe('PUT /eureka/apps/WEB-BFF/web.example%3Aweb-bff%3A8080?status=UP');
    await clock.advance(30_000);
    expect(await requests(3)).toHaveLength(3);
  });

  it('that Eureka has forgotten is made again at once', async () => {
    const { clock, status, requests, errors } = await registration();
    await requests(1);
    status.PUT = 404;
    await clock.advance(30_000);
    expect((await requests(3))[2]).toBe('POST /eureka/apps/WEB-BFF');
    expect(errors).toEqual([]);
  });

  it('that Eureka refuses is tried again, after a growing wait that is never longer than a heartbeat', async () => {
    const { clock, status, requests, errors, registered } = await registration({ heartbeatMs: 3_000 }, { POST: 500 });
    let count = 1;
    for (const waitMs of [1_000, 2_000, 3_000]) {
      await requests(count++);
      await clock.advance(waitMs - 1);
      expect(await requests(count - 1)).toHaveLength(count - 1);
      await clock.advance(1);
    }
    await requests(count);
    expect(errors).toEqual([expect.stringContaining('Registration of web-bff with Eureka: ')]);
    status.POST = 204;
    await clock.advance(3_000);
    await registered.registered;
  });

  it('outlives a heartbeat that failed', async () => {
    const { clock, status, requests } = await registration();
    await requests(1);
    status.PUT = 500;
    await clock.advance(30_000);
    await requests(2);
    status.PUT = 200;
    await clock.advance(1_000);
    expect((await requests(3)).map((request) => request.slice(0, 4))).toEqual(['POST', 'PUT ', 'PUT ']);
  });

  it('is taken back on closing, and no heartbeat follows', async () => {
    const { server, clock, registered, requests } = await registration();
    await requests(1);
    await Promise.all([registered.close(), registered.close()]);
    expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
    await clock.advance(90_000);
    expect(server.seen).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('is taken back only after it was made, for Eureka could be told both in the wrong order', async () => {
    const { server, registered, status } = await registration();
    let answer: () => void = () => {};
    server.handler = ({ method }, response) => {
      const end = (): void => void response.writeHead(status[method]!).end();
      if (method === 'POST') answer = end;
      else end();
    };
    while (server.seen.length < 1) await settle();
    const closing = registered.close();
    answer();
    await closing;
    expect(server.seen.map(({ method, aborted }) => `${method} ${aborted}`)).toEqual(['POST false', 'DELETE false']);
  });

  it('that was never answered is taken back all the same', async () => {
    const { server, clock, registered, status } = await registration();
    server.handler = ({ method }, response) => (method === 'POST' ? undefined : void response.writeHead(status[method]!).end());
    while (server.seen.length < 1) await settle();
    const closing = registered.close();
    await clock.advance(requestTimeoutMs);
    await closing;
    await registered.registered;
    expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  it('does not hold up the end when Eureka is gone', async () => {
    const { server, registered, requests } = await registration();
    await requests(1);
    await server.close();
    await registered.close();
  });
});

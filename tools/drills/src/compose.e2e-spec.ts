import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Composed, sites } from './composed.mjs';
import { hasEngine, startEngine } from './engine.mjs';
import { freePort } from './free-port.mjs';
import { Load } from './load/load.mjs';
import { signIn } from './load/sign-in.mjs';

const minuteMs = 60_000;
const once = ['pricing', 'basket', 'ordering', 'customers', 'shipping', 'identity', 'redis', 'consul', 'edge'];
const twice = ['catalog', 'inventory', 'reviews', 'recommendations'];
const bffs = ['web-bff', 'mobile-bff', 'desktop-bff'];

const enable = 'to enable: node tools/testbed/src/main.mjs provide docker';
const absent = process.env['CI'] !== 'true' && !hasEngine();
if (absent) console.warn(`Left out, Docker is missing; ${enable}`);

describe.skipIf(absent)(`the composed topology with a real engine${absent ? ` (${enable})` : ''}`, () => {
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let composed: Composed;

  beforeAll(async () => {
    engine = await startEngine();
    composed = new Composed({ project: 'portico-test', port: await freePort(), httpPort: await freePort(), env: engine.env });
    await composed.up();
  }, 20 * minuteMs);
  afterAll(async () => {
    await composed?.down();
    await engine?.close();
  }, 2 * minuteMs);

  it('has every container healthy, two replicas of each BFF and of services that keep nothing among them', async () => {
    const containers = await composed.containers();
    const healthy = containers.filter(({ Health }) => Health === 'healthy').map(({ Service }) => Service);
    expect(healthy.sort()).toEqual([...once, ...twice, ...twice, ...bffs, ...bffs].sort());
    expect(containers.filter(({ State }) => State === 'exited').map(({ Service, ExitCode }) => [Service, ExitCode]).sort()).toEqual([['certificate', 0], ['keys', 0]]);
  });

  it('adds at most 20 MB to the base image for an app, and runs it without privileges on a file system that is not written to', async () => {
    const sizeOf = async (image: string): Promise<number> => Number(await composed.docker('image', 'inspect', '--format', '{{.Size}}', image));
    const base = await sizeOf('node:22-bookworm-slim');
    for (const app of ['services', ...bffs]) expect((await sizeOf(`portico/${app}`)) - base, app).toBeLessThan(20_000_000);
    const containers = (await composed.containers()).filter(({ State, Service }) => State === 'running' && !['redis', 'consul', 'prometheus'].includes(Service));
    const states = await Promise.all(containers.map(async ({ Name }) => (await composed.docker('inspect', '--format', '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.Config.User}}', Name)).trim()));
    expect(new Set(states)).toEqual(new Set(['true [ALL] node', 'true [ALL] edge']));
  });

  it('serves each front end over TLS under its own name, from all of the services that its screen needs', async () => {
    const answers = await Promise.all([composed.ask(sites.web, '/api/products/p-0001'), composed.ask(sites.mobile, '/api/products/p-0001'), composed.ask(sites.desktop, '/api/products/p-0001')]);
    expect(answers.map(({ status, headers }) => [status, headers['portico-degraded']])).toEqual([[200, undefined], [200, undefined], [401, undefined]]);
    expect(JSON.parse(answers[1]!.body)).toMatchObject({ id: 'p-0001', inStock: expect.any(Boolean), price: expect.any(Object), reviews: expect.any(Object) });
  });

  it('answers by both replicas of a BFF', async () => {
    const replicas = new Set<string>();
    for (let asked = 0; asked < 40 && replicas.size < 2; asked++) replicas.add(JSON.parse((await composed.ask(sites.web, '/health/ready')).body).replica);
    expect(replicas.size).toBe(2);
  });

  it('signs a browser in at the issuer, and knows its session at every replica', async () => {
    const headers = await signIn(composed, 'ann');
    const statuses: number[] = [];
    for (let asked = 0; asked < 10; asked++) statuses.push((await composed.ask(sites.web, '/api/orders', { headers })).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await composed.ask(sites.web, '/api/orders')).status).toBe(401);
  });

  it('has every service in Consul, each replica of it', async () => {
    const passing = async (service: string): Promise<number> => (JSON.parse(await composed.inside('web-bff', `http://consul:8500/v1/health/service/${service}?passing=1`)) as object[]).length;
    for (const service of [...twice, 'pricing', 'basket', 'ordering', 'customers', 'shipping']) expect([service, await passing(service)]).toEqual([service, twice.includes(service) ? 2 : 1]);
  });

  it('keeps the connection of a hub at its replica, by its id alone', async () => {
    const headers = { 'x-csrf': '1', origin: `https://${sites.web}:${composed.port}` };
    for (let round = 0; round < 6; round++) {
      const { connectionToken, accessToken } = JSON.parse((await composed.ask(sites.web, '/hubs/web/negotiate?negotiateVersion=1', { method: 'POST', headers })).body);
      const authorization = `Bearer ${accessToken}`;
      const first = await composed.ask(sites.web, `/hubs/web?id=${connectionToken}`, { headers: { ...headers, authorization } });
      expect(first.status).toBe(200);
      expect((await composed.ask(sites.web, `/hubs/web?id=${connectionToken}`, { method: 'DELETE', headers: { ...headers, authorization } })).status).toBe(202);
    }
  });

  it('has both replicas of every BFF in Prometheus, and its rules', { timeout: minuteMs }, async () => {
    const upInPrometheus = async (): Promise<string[]> => {
      const { data } = JSON.parse(await composed.inside('web-bff', 'http://prometheus:9090/api/v1/targets?state=active')) as { data: { activeTargets: { health: string; labels: { app: string } }[] } };
      return data.activeTargets.filter(({ health }) => health === 'up').map(({ labels }) => labels.app).sort();
    };
    await expect.poll(upInPrometheus, { timeout: 50_000, interval: 1_000 }).toEqual([...bffs, ...bffs].sort());
    const rules = JSON.parse(await composed.inside('web-bff', 'http://prometheus:9090/api/v1/rules')) as { data: { groups: { rules: { health: string }[] }[] } };
    expect(rules.data.groups.flatMap((group) => group.rules).filter(({ health }) => health === 'err')).toEqual([]);
  });

  it('refuses an attack before it reaches a BFF', async () => {
    expect((await composed.ask(sites.web, '/api/products?q=' + encodeURIComponent("1' UNION SELECT password FROM users--"))).status).toBe(403);
  });

  it('loses no answer when a replica is killed', async () => {
    const [victim = ''] = await composed.replicas('mobile-bff');
    const asks = new Load(composed, (number) => ({ host: sites.mobile, path: `/api/products/p-${String(1 + number).padStart(4, '0')}` }), 2);
    const tally = await asks.during(async () => {
      await wait(1_000);
      await composed.docker('kill', victim);
      await wait(5_000);
    });
    expect(tally).toMatchObject({ failed: 0, failures: {} });
    expect(tally.answered).toBeGreaterThan(20);
    await composed.docker('start', victim);
  }, minuteMs);
});

import { systemClock } from '@portico/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EurekaOptions, EurekaRegistration, EurekaRegistrationOptions, instanceSource, type InstanceSource } from '../src/index.js';
import { realServer, type RealServer } from '@portico/core/testing';
import { inShort, optionsOf } from './registry-fixtures.js';
import { Reported } from './reported.js';
import { untilKnown } from './until-known.js';

const plan = realServer('eureka');
// A Java program on a busy machine.
const startTimeoutMs = 120_000;

describe.skipIf(plan.absent)(plan.title, () => {
  let server: RealServer;
  const reported = new Reported();
  const opened: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    server = await plan.start();
  }, startTimeoutMs);
  afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));
  afterAll(() => server?.close());

  const deps = { clock: systemClock, random: () => 0.5, onError: reported.add };
  const servers = () => ({ urls: [`${server.origin}/eureka`], retryMinMs: 100, retryMaxMs: 200 });
  const register = async (port: number, given: Partial<EurekaRegistrationOptions> = {}): Promise<EurekaRegistration> => {
    const options = optionsOf(EurekaRegistrationOptions, { ...servers(), app: 'catalog', hostName: '127.0.0.1', port, heartbeatMs: 200, ...given });
    const registration = new EurekaRegistration(options, deps);
    opened.push(registration);
    await registration.registered;
    return registration;
  };
  const follow = async (given: Partial<EurekaOptions> = {}): Promise<InstanceSource> => {
    const source = await instanceSource({ discovery: { name: 'eureka', options: optionsOf(EurekaOptions, { ...servers(), refreshMs: 100, ...given }) } }, { service: 'catalog', ...deps });
    opened.push(source);
    return source;
  };
  const known = (source: InstanceSource) => source.current().map(inShort);
  const status = async (port: number, method: 'PUT' | 'DELETE'): Promise<void> => {
    const answer = await fetch(`${server.origin}/eureka/apps/CATALOG/127.0.0.1:catalog:${port}/status?value=${method === 'PUT' ? 'OUT_OF_SERVICE' : 'UP'}`, { method });
    if (!answer.ok) throw new Error(`${answer.status}`);
  };

  it('is believed when it knows nobody', async () => {
    expect(known(await follow())).toEqual([]);
    expect(reported.messages).toEqual([]);
  });

  it('tells who is registered and who leaves', async () => {
    const source = await follow();
    const [first, second] = [await register(4001), await register(4002, { app: 'Catalog', securePort: 4443 })];
    await untilKnown(source, 'http://127.0.0.1:4001', 'https://127.0.0.1:4443');
    await second.close();
    await untilKnown(source, 'http://127.0.0.1:4001');
    await first.close();
    await untilKnown(source);
  });

  it('tells by deltas what it tells as a whole, in the presence of other applications', async () => {
    const source = await follow();
    const [first, other] = [await register(4001), await register(4100, { app: 'pricing' })];
    await untilKnown(source, 'http://127.0.0.1:4001');
    const late = await follow();
    expect(known(late)).toEqual(known(source));
    await other.close();
    const second = await register(4002);
    await untilKnown(source, 'http://127.0.0.1:4001', 'http://127.0.0.1:4002');
    await untilKnown(late, 'http://127.0.0.1:4001', 'http://127.0.0.1:4002');
    await Promise.all([first.close(), second.close()]);
    await untilKnown(source);
  });

  it('takes an instance out of service and back', async () => {
    const source = await follow();
    const registration = await register(4001);
    await untilKnown(source, 'http://127.0.0.1:4001');
    await status(4001, 'PUT');
    await untilKnown(source);
    await status(4001, 'DELETE');
    await untilKnown(source, 'http://127.0.0.1:4001');
    await registration.close();
    await untilKnown(source);
  });

  it('may be killed: the instances stay, register anew once it is back, and changes are seen again', async () => {
    const source = await follow();
    const [first] = [await register(4001), await register(4002)];
    await untilKnown(source, 'http://127.0.0.1:4001', 'http://127.0.0.1:4002');
    let changes = 0;
    source.subscribe(() => void changes++);
    const failure = reported.next('Instances of catalog from eureka');
    await server.kill();
    await failure;
    expect(known(source)).toEqual(['http://127.0.0.1:4001', 'http://127.0.0.1:4002']);
    expect(changes).toBe(0);
    await server.restart();
    await register(4003);
    await untilKnown(source, 'http://127.0.0.1:4001', 'http://127.0.0.1:4002', 'http://127.0.0.1:4003');
    await first.close();
    await untilKnown(source, 'http://127.0.0.1:4002', 'http://127.0.0.1:4003');
  }, startTimeoutMs);
});

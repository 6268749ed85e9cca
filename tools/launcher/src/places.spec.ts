import { describe, expect, it } from 'vitest';
import { choosePlaces, environmentOf } from './places.mjs';
import { topology } from './topology.mjs';

const apps = [topology.services, ...topology.gateways];
const [web] = topology.gateways as [(typeof topology.gateways)[number]];

describe('places', () => {
  it('are the documented ports by default', () => {
    const ports = Object.fromEntries(choosePlaces(apps, {}).map(({ name, chosen }) => [name, chosen]));
    expect(ports).toMatchObject({ 'web-bff': 3010, 'mobile-bff': 3020, 'desktop-bff': 3030, identity: 4000, catalog: 4001, shipping: 4009 });
  });

  it('move by their variables', () => {
    const places = choosePlaces(apps, { WEB_BFF_PORT: '8080' });
    expect(places.find(({ name }) => name === 'web-bff')?.url).toBe('http://127.0.0.1:8080');
  });

  it('name every fault at once', () => {
    const fault = /PRICING_PORT=70000 is no port.*\n.*WEB_BFF_PORT=http is no port/;
    expect(() => choosePlaces(apps, { WEB_BFF_PORT: 'http', PRICING_PORT: '70000' })).toThrow(fault);
  });

  it('may not be shared', () => {
    expect(() => choosePlaces(apps, { WEB_BFF_PORT: '4001' })).toThrow('catalog and web-bff would share port 4001: change CATALOG_PORT or WEB_BFF_PORT.');
  });
});

describe("an app's environment", () => {
  it('carries its own port under the name it reads', () => {
    expect(environmentOf(web, choosePlaces(apps, {}), {})).toEqual({ PORT: '3010' });
    expect(environmentOf(topology.services, choosePlaces(apps, {}), {})).toMatchObject({ IDENTITY_PORT: '4000', CATALOG_PORT: '4001' });
  });

  it('tells a BFF where moved services are, and only those', () => {
    const env = { CATALOG_PORT: '5001', IDENTITY_PORT: '5000' };
    expect(environmentOf(web, choosePlaces(apps, env), {})).toEqual({
      PORT: '3010',
      PORTICO_SERVICES_CATALOG_INSTANCES: 'http://127.0.0.1:5001',
      PORTICO_AUTH_ISSUER: 'http://127.0.0.1:5000',
    });
  });

  it('leaves alone what is set explicitly', () => {
    const places = choosePlaces(apps, { CATALOG_PORT: '5001' });
    const env = environmentOf(web, places, { PORTICO_SERVICES_CATALOG_INSTANCES: 'http://catalog.test' });
    expect(env['PORTICO_SERVICES_CATALOG_INSTANCES']).toBe('http://catalog.test');
  });
});

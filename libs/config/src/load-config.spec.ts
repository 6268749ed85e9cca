import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsNumber, Min } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { requiredEnv, ShopConfig, ServiceConfig } from '../test/shop.config.js';
import { ConfigurationError, isConfigurationError, loadConfig, Section, SectionMap, Setting, type ConfigurationFault, type DeepPartial } from './index.js';

const load = (env: NodeJS.ProcessEnv = {}, overrides?: DeepPartial<ShopConfig>) => loadConfig(ShopConfig, { env: { ...requiredEnv, ...env }, overrides });

function faultsOf(env: NodeJS.ProcessEnv, overrides?: unknown): readonly ConfigurationFault[] {
  try {
    load(env, overrides as DeepPartial<ShopConfig>);
  } catch (error) {
    if (isConfigurationError(error)) return error.faults;
    throw error;
  }
  return [];
}

describe('loadConfig: values', () => {
  it('takes the initialisers as defaults, nested and by name', () => {
    const config = load();
    expect(config).toBeInstanceOf(ShopConfig);
    expect(config.port).toBe(3_000);
    expect(config.services.catalog).toBeInstanceOf(ServiceConfig);
    expect(config.services['price-ticks'].retry.attempts).toBe(2);
    expect(config.name).toBeUndefined();
  });

  it('reads each type from its variable, by the path in upper snake case or by its own name', () => {
    const config = load({
      PORT: '8080',
      PORTICO_LEVEL: 'debug',
      PORTICO_GREET: '0',
      PORTICO_WIDTHS: '1, 2,3',
      PORTICO_SERVICES_PRICE_TICKS_INSTANCES: 'http://a:1, http://b:2',
      PORTICO_SERVICES_CATALOG_RETRY_TIMEOUT_MS: '25',
    });
    expect(config).toMatchObject({ port: 8_080, level: 'debug', greet: false, widths: [1, 2, 3] });
    expect(config.services['price-ticks'].instances).toEqual(['http://a:1', 'http://b:2']);
    expect(config.services.catalog.retry.timeoutMs).toBe(25);
    expect(config.services['price-ticks'].retry.timeoutMs).toBe(300);
  });

  it('lets an override win over the environment', () => {
    expect(load({ PORT: '1' }, { port: 2, services: { catalog: { timeoutMs: 7 } } })).toMatchObject({ port: 2, services: { catalog: { timeoutMs: 7 } } });
  });

  it('makes entries of an open map from the environment and from overrides', () => {
    const config = load({ PORTICO_RETRIES_PRICE_TICKS_ATTEMPTS: '5', PORTICO_RETRIES_A_TIMEOUT_MS: '6' }, { retries: { a: { attempts: 9 } } });
    expect(config.retries).toEqual({ 'price-ticks': { attempts: 5, timeoutMs: 300 }, a: { attempts: 9, timeoutMs: 6 } });
  });

  it('takes another prefix', () => {
    expect(loadConfig(ShopConfig, { env: { SHOP_GREET: 'false', SHOP_SIGN_IN_ISSUER: 'http://i.example' }, prefix: 'SHOP' }).greet).toBe(false);
  });

  it('is frozen at every depth and shares nothing with the next one', () => {
    const config = load();
    for (const part of [config, config.widths, config.services, config.services.catalog, config.services.catalog.instances]) expect(Object.isFrozen(part)).toBe(true);
    expect(load().services.catalog).not.toBe(config.services.catalog);
  });

  it('checks a section as soon as anything of it is given, and leaves those alone that are as they were declared', () => {
    class Limits {
      @Setting({ description: 'Size.' })
      @Min(1)
      size = 0;
      @Setting({ description: 'Weight.' })
      weight = 1;
    }
    class Outer {
      @Section(() => Limits, { description: 'Here.' })
      here = new Limits();
      @Section(() => Limits, { description: 'There.' })
      there = new Limits();
      @SectionMap(() => Limits, { description: 'Everywhere.' })
      everywhere: Record<string, Limits> = { top: new Limits() };
    }
    const placesOf = (env: Record<string, string>, overrides = {}) => {
      try {
        return loadConfig(Outer, { env, overrides }) && [];
      } catch (error) {
        return (error as ConfigurationError).faults.map(({ path }) => path);
      }
    };
    expect(placesOf({})).toEqual([]);
    expect(placesOf({ PORTICO_HERE_WEIGHT: '2' })).toEqual(['here.size']);
    expect(placesOf({}, { there: { weight: 2 } })).toEqual(['there.size']);
    expect(placesOf({ PORTICO_EVERYWHERE_TOP_WEIGHT: '2', PORTICO_EVERYWHERE_BOTTOM_WEIGHT: '2' })).toEqual(['everywhere.top.size', 'everywhere.bottom.size']);
    expect(placesOf({}, { everywhere: { bottom: {} } })).toEqual(['everywhere.bottom.size']);
  });

  it('keeps the defaults that the class around gives a section', () => {
    class Nested {
      @Setting({ description: 'Size.' })
      size = 1;
    }
    class Outer {
      @Section(() => Nested, { description: 'Nested.' })
      nested = Object.assign(new Nested(), { size: 4 });
    }
    class Derived extends Outer {
      @Setting({ description: 'More.' })
      more = 'x';
    }
    expect(loadConfig(Derived, { env: { PORTICO_MORE: 'y' } })).toEqual({ nested: { size: 4 }, more: 'y' });
  });
});

describe('loadConfig: faults', () => {
  it('lists every fault at once, by path, with the variable it came from', () => {
    const error = (() => {
      try {
        return loadConfig(ShopConfig, {
          env: {
            PORT: '70000',
            PORTICO_WIDTHS: '1,2x',
            PORTICO_GREET: 'yes',
            PORTICO_SERVICES_CATALOG_INSTANCES: 'nonsense,http://b:2,worse',
            PORTICO_SERVICES_CATALOG_TIMEOUT_MS: '12abc',
          },
        });
      } catch (thrown) {
        return thrown;
      }
    })() as ConfigurationError;
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error.faults).toEqual(
      expect.arrayContaining([
        { path: 'port', message: 'must not be greater than 65535 (from PORT)' },
        { path: 'widths[1]', message: '"2x" is not a number (from PORTICO_WIDTHS)' },
        { path: 'greet', message: '"yes" is none of true, false, 1, 0 (from PORTICO_GREET)' },
        { path: 'signIn.issuer', message: 'is required; set PORTICO_SIGN_IN_ISSUER' },
        { path: 'services.catalog.instances[0]', message: 'must be a URL address (from PORTICO_SERVICES_CATALOG_INSTANCES)' },
        { path: 'services.catalog.instances[2]', message: 'must be a URL address (from PORTICO_SERVICES_CATALOG_INSTANCES)' },
        { path: 'services.catalog.timeoutMs', message: '"12abc" is not a number (from PORTICO_SERVICES_CATALOG_TIMEOUT_MS)' },
      ]),
    );
    expect(error.faults).toHaveLength(7);
    expect(error.message.split('\n')).toHaveLength(8);
    expect(error.message).toContain('The configuration has 7 faults:\n  - ');
  });

  it.each(['', ' ', '12abc', '0x10', '1_000', 'NaN', 'Infinity', '1e999'])('refuses %j as a number', (text) => {
    expect(faultsOf({ PORT: text }).map((fault) => fault.path)).toEqual(['port']);
  });

  it('refuses a variable that matches no setting, and names the nearest', () => {
    expect(faultsOf({ PORTICO_GREAT: 'true', PORTICO_PORT: '1', PORTICO_QUITE_ELSEWHERE_ALTOGETHER: 'hunter2' })).toEqual([
      { path: 'PORTICO_GREAT', message: 'matches no setting; did you mean PORTICO_GREET?' },
      { path: 'PORTICO_PORT', message: 'matches no setting; did you mean PORT?' },
      { path: 'PORTICO_QUITE_ELSEWHERE_ALTOGETHER', message: 'matches no setting' },
    ]);
  });

  it('refuses unknown names and wrong types in overrides', () => {
    expect(faultsOf({}, { prot: 1, port: '80', services: { basket: {}, catalog: { retry: 4 } }, retries: { ['__proto__x']: {} }, widths: ['1'] })).toEqual([
      { path: 'prot', message: 'is not a setting; did you mean port?' },
      { path: 'port', message: 'must be a number' },
      { path: 'services.basket', message: 'is not a name that can stand here' },
      { path: 'services.catalog.retry', message: 'must be an object' },
      { path: 'retries.__proto__x', message: 'is not a name that can stand here' },
      { path: 'widths', message: 'must be a list of numbers' },
    ]);
  });

  it('validates overrides like any other value', () => {
    expect(faultsOf({}, { port: -1 })).toEqual([{ path: 'port', message: 'must not be less than 0' }]);
  });

  it('cannot be led onto the prototype of an object', () => {
    const planted = JSON.parse('{"__proto__":{"polluted":true},"retries":{"__proto__":{"polluted":true}}}') as object;
    expect(faultsOf({}, planted)).toHaveLength(2);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('throws a TypeError for a class that claims one variable twice, or hides a type', () => {
    class Twice {
      @Setting({ description: 'A.' })
      aB = 1;
      @Setting({ description: 'B.', env: 'PORTICO_A_B' })
      b = 2;
    }
    class Hidden {
      @Setting({ description: 'H.' })
      @IsNumber()
      hidden: unknown;
    }
    expect(() => loadConfig(Twice, { env: {} })).toThrow(/aB and b are both set by PORTICO_A_B/);
    expect(() => loadConfig(Hidden, { env: {} })).toThrow(/type of the setting hidden/);
  });
});

describe('loadConfig: secrets', () => {
  it('reads a secret from the file that its _FILE variable names, trimmed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portico-'));
    try {
      writeFileSync(join(folder, 'secret'), '  correct horse\n');
      expect(load({ PORTICO_SIGN_IN_CLIENT_SECRET_FILE: join(folder, 'secret') }).signIn.clientSecret).toBe('correct horse');
      expect(faultsOf({ PORTICO_SIGN_IN_CLIENT_SECRET_FILE: join(folder, 'none') })).toEqual([
        { path: 'signIn.clientSecret', message: 'the file named by PORTICO_SIGN_IN_CLIENT_SECRET_FILE cannot be read (ENOENT)' },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('never shows the value, not even through a message that quotes it', () => {
    expect(faultsOf({ PORTICO_SIGN_IN_CLIENT_SECRET: 'hunter2' })).toEqual([
      { path: 'signIn.clientSecret', message: 'does not satisfy minLength (from PORTICO_SIGN_IN_CLIENT_SECRET)' },
    ]);
  });

  it('refuses a secret that is given twice, and a file for what is none', () => {
    expect(faultsOf({ PORTICO_SIGN_IN_CLIENT_SECRET: 'long enough', PORTICO_SIGN_IN_CLIENT_SECRET_FILE: '/x' }).map((fault) => fault.message)).toEqual([
      'is given twice, by PORTICO_SIGN_IN_CLIENT_SECRET and PORTICO_SIGN_IN_CLIENT_SECRET_FILE',
    ]);
    expect(faultsOf({ PORTICO_NAME_FILE: '/x' }).map((fault) => fault.path)).toEqual(['PORTICO_NAME_FILE']);
  });
});

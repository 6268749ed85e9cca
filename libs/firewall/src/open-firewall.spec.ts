import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { query } from '../test/traffic.js';
import { FirewallOptions } from './firewall.options.js';
import { loadNativeEngine } from './native-engine.js';
import { openFirewall } from './open-firewall.js';

it('is off unless something else is said', async () => {
  expect(await openFirewall(new FirewallOptions())).toBeUndefined();
});

it.each(['detection', 'prevention'] as const)('is there in mode %s', async (mode) => {
  const firewall = await openFirewall({ ...new FirewallOptions(), mode });
  expect(firewall?.inspect(query({ q: '../../x' }))).toEqual([{ rule: 'traversal', where: 'query.q' }]);
  firewall?.close();
});

it('says what to install where the engine is not there: the version that is tested', () => {
  const { devDependencies } = manifest;
  const missing = (): never => {
    throw new Error("Cannot find module '@datadog/native-appsec'\nRequire stack: a");
  };
  expect(() => loadNativeEngine(missing)).toThrow(
    `firewall.mode: needs a package that cannot be loaded: run \`npm install @datadog/native-appsec@${devDependencies['@datadog/native-appsec']}\` in the folder of the bundle or one above it, or set it to off (Cannot find module '@datadog/native-appsec')`,
  );
});

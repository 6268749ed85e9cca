import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderConfigurationPage, type BffSettings, type Setting } from './configuration-page.js';
import { projects, read, root } from './workspace.js';

type ConfigClass = new () => { readonly services: BffSettings['services'] };

interface ConfigLib {
  describeConfig(type: ConfigClass): Setting[];
  renderConfigMarkdown(title: string, type: new () => object, prefix?: string): string;
  renderFileMarkdown(title: string, type: new () => object): string;
}

const path = 'docs/configuration.md';

// By path: a tool may not depend on a lib or a BFF, and the page is about these very files.
const load = (file: string): Promise<unknown> => import(/* @vite-ignore */ pathToFileURL(join(root, file)).href);

const { describeConfig, renderConfigMarkdown, renderFileMarkdown } = (await load('libs/config/src/index.ts')) as ConfigLib;
const { GatewayConfig } = (await load('libs/gateway/src/gateway.config.ts')) as { GatewayConfig: ConfigClass };
const { PushConfig, variablePrefix } = (await load('apps/push/src/push.config.ts')) as { PushConfig: new () => object; variablePrefix: string };
const { EventRulesConfig } = (await load('apps/push/src/events/event-rules.config.ts')) as { EventRulesConfig: new () => object };
const bffs = await Promise.all(
  projects
    .filter(({ folder }) => /^apps\/.+-bff$/.test(folder))
    .flatMap(({ folder, manifest }) => readdirSync(join(root, folder, 'src')).filter((file) => file.endsWith('.config.ts')).map((file) => ({ name: manifest.name, file: `${folder}/src/${file}` })))
    .map(async ({ name, file }) => {
      const [type] = Object.values((await load(file)) as Record<string, ConfigClass>);
      if (!type) throw new Error(`${file} exports no configuration class`);
      return { name, settings: describeConfig(type), services: new type().services };
    }),
);
const page = renderConfigurationPage(renderConfigMarkdown('Settings of every BFF', GatewayConfig), describeConfig(GatewayConfig), bffs, [
  renderConfigMarkdown('Settings of the push app', PushConfig, variablePrefix),
  renderFileMarkdown('File of rules of the push app', EventRulesConfig),
]);

if (process.env['PORTICO_WRITE_DOCS'] === '1') writeFileSync(join(root, path), page);

describe('docs/configuration.md', () => {
  it('has every setting, the default of which it shows, and the defaults of every BFF', () => {
    expect(bffs.length).toBeGreaterThan(0);
    for (const setting of describeConfig(GatewayConfig)) expect(page).toContain(`| \`${setting.path}\` |`);
    for (const { services } of bffs) for (const name of Object.keys(services)) expect(page).toContain(`\`services.${name}.instances\``);
  });

  it('says what the configuration classes say', () => {
    expect(read(path)).toBe(page);
  });
});

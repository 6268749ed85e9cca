/** What the page needs of a description of one setting. */
export interface Setting {
  /** As `services.<name>.timeoutMs`. */
  readonly path: string;
  /** As it would be written into its variable. */
  readonly default: string | undefined;
}

/** What the page needs of the configuration class of one BFF. */
export interface BffSettings {
  /** As `web-bff`. */
  readonly name: string;
  /** Its settings, those that every gateway has included. */
  readonly settings: readonly Setting[];
  /** The services that it calls by default, and what is set of each. */
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const introduction = `# Configuration

A BFF starts on its defaults alone. Each setting has one environment variable. The start validates all that is given at once:
a wrong value, and a variable with the prefix \`PORTICO_\` that matches no setting, end it with a list of all faults by path.
What has been loaded is frozen; it does not change while the BFF runs.

\`\`\`
web-bff did not start. The configuration has 2 faults:
  - PORTICO_SERVICES_CATALOG_INSTANCE: matches no setting; did you mean PORTICO_SERVICES_CATALOG_INSTANCES?
  - port: must not be greater than 65535 (from PORT)
\`\`\`

- A list is written with commas. A boolean is \`true\`, \`false\`, \`1\` or \`0\`.
- \`<NAME>\` stands for a service in capitals, with \`_\` for a dash: \`PORTICO_SERVICES_CATALOG_INSTANCES=http://10.0.0.7:4001,http://10.0.0.8:4001\`.
- \`PORT\` is for a BFF that runs alone. Under \`npm start\` and \`npx nx serve web-bff\` each has a variable of its own: \`WEB_BFF_PORT\`,
  \`MOBILE_BFF_PORT\`, \`DESKTOP_BFF_PORT\`. A service is moved by \`CATALOG_PORT\`, \`PRICING_PORT\` and so on; these two commands tell the BFFs where it went.
- Limits, caching and access of single operations stand in code, as decorators: see [operations](architecture.md#operations).

This page is generated from the configuration classes; the test run compares the two.
\`PORTICO_WRITE_DOCS=1 npx vitest run tools/workspace/src/configuration-page.spec.ts\` writes it anew.
`;

const pushApp = `## The push app

The [push app](push.md) has settings of its own; its variables begin with \`PORTICO_PUSH_\`. Its key has no default: without one it does not start.
Under \`npx nx serve push\` its port is \`PUSH_PORT\`, and a key is made and printed where none is set.
`;

const defaults = `## Defaults of each BFF

Where a BFF has a default of its own; an empty cell is the default above.
`;

/**
 * The page `docs/configuration.md`.
 * @param table Markdown of all settings that every gateway has
 * @param common the same settings
 * @param push tables of the settings and of the file of rules of the push app
 */
export function renderConfigurationPage(table: string, common: readonly Setting[], bffs: readonly BffSettings[], push: readonly string[]): string {
  const ownDefaults = bffs.map((bff) => defaultsOf(bff, common));
  const paths = [...new Set(ownDefaults.flatMap((own) => [...own.keys()]))];
  const rows = paths.map((path) => [`\`${path}\``, ...ownDefaults.map((own) => (own.has(path) ? `\`${own.get(path)}\`` : ''))]);
  const head = ['Setting', ...bffs.map(({ name }) => name)];
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return [introduction, table, defaults, ...lines, '', pushApp, ...push].join('\n');
}

/** The defaults in which a BFF differs from a gateway that declares none, by path. */
function defaultsOf({ settings, services }: BffSettings, common: readonly Setting[]): Map<string, string> {
  const usual = new Map(common.map((setting) => [setting.path, setting.default]));
  const own = new Map<string, string>();
  for (const setting of settings) if (usual.get(setting.path) !== setting.default) own.set(setting.path, setting.default ?? '');
  for (const [name, service] of Object.entries(services)) {
    for (const [path, value] of valuesOf(service)) {
      const text = Array.isArray(value) ? value.join(',') : String(value);
      if ((usual.get(`services.<name>.${path}`) ?? '') !== text) own.set(`services.${name}.${path}`, text);
    }
  }
  return own;
}

/** Every value of a section and of the sections in it, by path. */
function valuesOf(section: object): [path: string, value: unknown][] {
  return Object.entries(section).flatMap(([name, value]): [string, unknown][] => {
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
    return nested ? valuesOf(value).map(([path, inner]) => [`${name}.${path}`, inner]) : [[name, value]];
  });
}

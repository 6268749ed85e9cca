import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkConfig, readConfig } from './read-config.mjs';

const tls = { certificateFile: '/tls/edge.pem', keyFile: '/tls/key.pem' };
const pools = { web: { host: 'web-bff', port: 3010 } };
const sites = [{ hosts: ['shop.localhost'], pool: 'web' }];
const shipped = new URL('../../edge.json', import.meta.url).pathname;
const page = new URL('../../../../docs/edge.md', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('../../edge.schema.json', import.meta.url), 'utf8')) as Schema;
const table = `| setting | default | meaning |\n| --- | --- | --- |\n${rows(schema, '').join('\n')}\n`;

/** The faults of a configuration, one a line. */
function faultsOf(value: unknown): string[] {
  try {
    checkConfig(value, 'edge.json');
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.replace('  - ', ''));
  }
}

describe("the edge's configuration", () => {
  it('that ships is good, and its defaults are filled in', () => {
    const config = readConfig(shipped, {});
    expect(config).toMatchObject({ httpsPort: 8443, httpPort: 8080, publicPort: 8443, firewall: { mode: 'prevention', threshold: 5 } });
    expect(config.pools['identity']).toMatchObject({ host: 'identity', port: 4000, healthPath: '/health', healthIntervalMs: 1_000, affinity: 'off' });
    expect(config.sites.map(({ hosts, pool }) => [hosts[0], pool])).toEqual([
      ['shop.localhost', 'web-bff'],
      ['m.shop.localhost', 'mobile-bff'],
      ['desktop.shop.localhost', 'desktop-bff'],
      ['id.shop.localhost', 'identity'],
    ]);
  });

  it('takes its port for HTTPS from the environment, and clients then use that one', () => {
    expect(readConfig(shipped, { EDGE_PORT: '9443' })).toMatchObject({ httpsPort: 9443, publicPort: 9443 });
    expect(() => readConfig(shipped, { EDGE_PORT: 'many' })).toThrow('httpsPort: must be an integer');
  });

  it('names every fault at once, by its path', () => {
    const faults = faultsOf({
      tls: { certificateFile: 'edge.pem' },
      httpsPort: 70_000,
      colour: 'red',
      pools: { Web_BFF: { host: 'web', port: 1 }, web: { host: 'web', port: '3010', affinity: 'sometimes' } },
      sites: [{ hosts: [] }, { hosts: ['shop.localhost'], paths: [{ prefix: '/a; return 200' }] }],
    });
    expect(faults).toEqual([
      'tls.keyFile: is missing',
      'tls.certificateFile: must look like ^/[A-Za-z0-9._/-]+$',
      'httpsPort: must be from 1 to 65535',
      expect.stringMatching(/^colour: is not known; known are /),
      expect.stringMatching(/^pools\.Web_BFF: its name must look like /),
      'pools.web.port: must be an integer',
      'pools.web.affinity: must be one of off, cookie',
      'sites[0].hosts: must have at least 1 entries',
      expect.stringMatching(/^sites\[1\]\.paths\[0\]\.prefix: must look like /),
    ]);
  });

  it.each([
    ['pools.web: needs either host and port, or instances', { tls, pools: { web: { host: 'a' } }, sites }],
    ['pools.web: needs either host and port, or instances', { tls, pools: { web: { host: 'a', port: 1, instances: ['10.0.0.7:1'] } }, sites }],
    ['sites[0].pool: there is no pool api', { tls, pools, sites: [{ hosts: ['a'], pool: 'api' }] }],
    ['sites[0].paths[0].pool: there is no pool api', { tls, pools, sites: [{ hosts: ['a'], pool: 'web', paths: [{ prefix: '/x', pool: 'api' }] }] }],
    ['sites[0].paths[0]: needs a pool, for the site has none', { tls, pools, sites: [{ hosts: ['a'], paths: [{ prefix: '/x' }] }] }],
    ['sites[0].paths[1].prefix: /x stands there twice', { tls, pools, sites: [{ hosts: ['a'], pool: 'web', paths: [{ prefix: '/x' }, { prefix: '/x' }] }] }],
    ['sites[1].hosts: sites[0] has shop.localhost already', { tls, pools, sites: [...sites, ...sites] }],
    ['sites[0].clientCertificates: needs tls.clientCaFile', { tls, pools, sites: [{ ...sites[0], clientCertificates: 'required' }] }],
    ['httpPort: is that of HTTPS', { tls, pools, sites, httpPort: 8443 }],
    ['the configuration: must be an object', []],
  ])('has a fault: %s', (fault, value) => {
    expect(faultsOf(value)).toEqual([fault]);
  });

  it('that cannot be read is named', () => {
    expect(() => readConfig('/nowhere/edge.json', {})).toThrow('/nowhere/edge.json cannot be read: ENOENT');
  });

  it('is described on its page, each member with its default', () => {
    if (process.env['PORTICO_WRITE_DOCS'] === '1') writeFileSync(page, readFileSync(page, 'utf8').replace(/^\| setting \|.*\n(?:\|.*\n)*/m, table));
    expect(readFileSync(page, 'utf8')).toContain(table);
  });
});

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly items?: Schema;
  readonly default?: unknown;
  readonly description?: string;
  readonly enum?: readonly string[];
}

/** The rows of the page's table: path, default, what it means. */
function rows({ properties = {}, additionalProperties, items }: Schema, path: string): string[] {
  const below = Object.entries(properties).flatMap(([name, schema]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const values = schema.enum ? `${schema.enum.map((value) => `\`${value}\``).join(', ')}. ` : '';
    const own = schema.description !== undefined && name !== '$schema' ? [`| \`${at}\` | ${schema.default === undefined || typeof schema.default === 'object' ? '' : `\`${String(schema.default)}\``} | ${values}${schema.description} |`] : [];
    return [...own, ...rows(schema, at)];
  });
  return [...below, ...(additionalProperties ? rows(additionalProperties, `${path}.<name>`) : []), ...(items ? rows(items, `${path}[]`) : [])];
}

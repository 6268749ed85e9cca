import { describe, expect, it } from 'vitest';
import { checkConfig } from '../config/read-config.mjs';
import type { Instance } from '../pools/pool-watch.mjs';
import { instanceId } from './pool-names.mjs';
import { renderNginx } from './render-nginx.mjs';

const render = (instances: readonly Instance[], extra: object = {}, pool: object = {}): string =>
  renderNginx(
    checkConfig({ tls: { certificateFile: '/tls/edge.pem', keyFile: '/tls/key.pem' }, pools: { 'web-bff': { host: 'web-bff', port: 3010, ...pool } }, sites: [{ hosts: ['shop.localhost'], pool: 'web-bff' }], ...extra }, 'edge.json'),
    { pools: { 'web-bff': instances }, key: 'key', filesDigest: 'digest' },
  );
const instance = (address: string, healthy = true, replica?: string): Instance => ({ address, healthy, replica });
/** Servers of a group. */
const servers = (text: string, group: string): string[] => [...(new RegExp(`upstream "${group}" \\{([^}]*)\\}`).exec(text)?.[1] ?? '').matchAll(/server ([^;]*);/g)].map(([, server]) => server as string);
const marks = 'max_fails=3 fail_timeout=2s';

describe('the configuration of nginx', () => {
  it('is the same for the same state, so that nothing is reloaded for nothing', () => {
    expect(render([instance('10.0.0.7:3010')])).toBe(render([instance('10.0.0.7:3010')]));
  });

  it('has the healthy instances of a pool', () => {
    expect(servers(render([instance('10.0.0.7:3010'), instance('10.0.0.8:3010', false)]), 'web-bff')).toEqual([`10.0.0.7:3010 ${marks}`]);
  });

  it('has all of them where none is healthy', () => {
    expect(servers(render([instance('10.0.0.7:3010', false), instance('10.0.0.8:3010', false)]), 'web-bff')).toHaveLength(2);
  });

  it('has one that answers nothing where no instance is known', () => {
    expect(servers(render([]), 'web-bff')).toEqual(['127.0.0.1:1 down']);
  });

  it('leads the ids of a replica to it, also while it drains, and to the others when it is gone', () => {
    const text = render([instance('10.0.0.7:3010', true, 'a'), instance('10.0.0.8:3010', false, 'b')]);
    const group = `web-bff.${instanceId('10.0.0.8:3010', 'key')}`;
    expect(text).toContain(`"~^b\\." "${group}";`);
    expect(servers(text, group)).toEqual([`10.0.0.8:3010 ${marks}`, `10.0.0.7:3010 ${marks} backup`]);
  });

  it('leads no cookie to an instance that is not healthy', () => {
    const text = render([instance('10.0.0.7:3010'), instance('10.0.0.8:3010', false)], {}, { affinity: 'cookie' });
    expect(text).toContain(`"${instanceId('10.0.0.7:3010', 'key')}" "web-bff.${instanceId('10.0.0.7:3010', 'key')}";`);
    expect(text).not.toContain(instanceId('10.0.0.8:3010', 'key'));
  });

  it('loads no firewall that is off', () => {
    expect(render([], { firewall: { mode: 'off' } })).not.toContain('modsecurity');
    expect(render([])).toContain('modsecurity on;');
  });

  it('leaves the usual port out of addresses', () => {
    expect(render([], { publicPort: 443 })).toContain('return 308 https://$host$request_uri;');
    expect(render([])).toContain('return 308 https://$host:8443$request_uri;');
  });

  it('never logs a query', () => {
    const [, format = ''] = /log_format edge escape=json '([^']*)'/.exec(render([])) ?? [];
    expect(Object.values(JSON.parse(format) as object)).not.toEqual(expect.arrayContaining([expect.stringMatching(/request_uri|args|query|referer|\$request\b/)]));
  });
});

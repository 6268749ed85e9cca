import { describe, expect, it } from 'vitest';
import { GatewayFile } from '../test/gateway-file.js';
import { renderFileMarkdown } from './index.js';

describe('renderFileMarkdown', () => {
  const lines = renderFileMarkdown('The file', GatewayFile).split('\n');
  const row = (path: string) => lines.find((line) => line.startsWith(`| \`${path}\` |`));

  it('writes one table whose rows all have the same number of cells, without variables', () => {
    const rows = lines.filter((line) => line.startsWith('|'));
    expect(lines[0]).toBe('## The file');
    expect(new Set(rows.map((line) => line.split(/(?<!\\)\|/).length))).toEqual(new Set([7]));
    expect(lines.join('\n')).not.toContain('PORTICO_');
  });

  it('gives every place its row, with type, unit, default and constraints', () => {
    expect(row('version')).toBe('| `version` | number | (required) | one of 1 | Version of this format. |');
    expect(row('routes.<name>')).toBe('| `routes.<name>` | sections by name |  |  | The routes. A name may stand in one file only. |');
    expect(row('routes.<name>.match')).toBe('| `routes.<name>.match` | section | (required) |  | What it matches. |');
    expect(row('routes.<name>.match.headers')).toBe('| `routes.<name>.match.headers` | string{} | `{}` | each at most 20 characters | Headers that must be there. |');
    expect(row('routes.<name>.rateLimit')).toBe('| `routes.<name>.rateLimit` | section, optional |  |  | How many requests. |');
    expect(row('routes.<name>.rateLimit.limit')).toBe('| `routes.<name>.rateLimit.limit` | number, requests | `100` | whole number; at least 1; at most 1000 | Requests in a window. |');
    expect(row('routes.<name>.inbound[]')).toBe('| `routes.<name>.inbound[]` | list, each one of base, set-header, limit, remove | `["base"]` |  | Steps before. |');
    expect(row('routes.<name>.inbound[].remove')).toBe('| `routes.<name>.inbound[].remove` | string[] |  |  |  |');
    expect(row('services.<name>.balancer.cookie-affinity.secret')).toContain('Key that signs it. Secret; or { file: path }.');
    expect(row('parts[].route')).toContain('(required)');
  });

  it('names the earlier place instead of saying everything again', () => {
    expect(row('routes.<name>.inbound[].limit')).toBe('| `routes.<name>.inbound[].limit` | section |  |  |  As `routes.<name>.rateLimit`. |');
    expect(row('routes.<name>.inbound[].limit.limit')).toBeUndefined();
  });
});

import { IsOptional, Max, Min } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { ShopConfig } from '../test/shop.config.js';
import { describeConfig, renderConfigMarkdown, Section, SectionMap, Setting } from './index.js';

const byPath = new Map(describeConfig(ShopConfig).map((row) => [row.path, row]));

describe('describeConfig', () => {
  it('tells path, variable, type, unit, default and constraints of a setting', () => {
    expect(byPath.get('port')).toEqual({
      path: 'port',
      env: 'PORT',
      type: 'number',
      unit: undefined,
      default: '3000',
      required: false,
      secret: false,
      description: 'Port to listen on.',
      constraints: ['whole number', 'at least 0', 'at most 65535'],
    });
  });

  it('stands for every name of a map by one placeholder', () => {
    expect(byPath.get('services.<name>.retry.timeoutMs')).toMatchObject({ env: 'PORTICO_SERVICES_<NAME>_RETRY_TIMEOUT_MS', unit: 'ms', default: '300' });
    expect(byPath.get('services.<name>.instances')).toMatchObject({ type: 'string[]', constraints: ['at least 1 item', 'each URL'] });
  });

  it('marks what is required and hides what is secret', () => {
    expect(byPath.get('signIn.issuer')).toMatchObject({ required: true, default: undefined });
    expect(byPath.get('signIn.clientSecret')).toMatchObject({ secret: true, required: false, type: 'string' });
  });

  it('finds the type where the compiler emits none for an alias', () => {
    expect(byPath.get('level')).toMatchObject({ type: 'string', constraints: ['one of debug, info'] });
    expect(byPath.get('widths')?.type).toBe('number[]');
  });

  it('refuses a class with defaults that its own constraints refuse, and names all of them', () => {
    class Limits {
      @Setting({ description: 'Size.' })
      @Min(1)
      size = 0;
      @Setting({ description: 'Weight.', type: 'number' })
      @Max(9)
      @IsOptional()
      weight?: number;
    }
    class Outer {
      @Section(() => Limits, { description: 'Here.' })
      here = new Limits();
      @SectionMap(() => Limits, { description: 'There.' })
      there = { top: Object.assign(new Limits(), { size: 1, weight: 10 }) };
    }
    expect(() => describeConfig(Outer)).toThrow(/here\.size must not be less than 1\n {2}there\.top\.weight must not be greater than 9$/);
    expect(() => renderConfigMarkdown('Outer', Outer)).toThrow(/here\.size/);
  });
});

describe('renderConfigMarkdown', () => {
  const lines = renderConfigMarkdown('Shop', ShopConfig).split('\n');

  it('writes one table whose rows all have the same number of cells', () => {
    const table = lines.filter((line) => line.startsWith('|'));
    expect(lines[0]).toBe('## Shop');
    expect(new Set(table.map((line) => line.split(/(?<!\\)\|/).length))).toEqual(new Set([8]));
    expect(table).toHaveLength(2 + describeConfig(ShopConfig).length + 4);
  });

  it('gives settings and sections their rows', () => {
    expect(lines).toContain('| `port` | `PORT` | number | `3000` | whole number; at least 0; at most 65535 | Port to listen on. |');
    expect(lines).toContain('| `signIn.issuer` | `PORTICO_SIGN_IN_ISSUER` | string | (required) | URL | Where tokens come from. |');
    expect(lines).toContain('| **services.&lt;name>** |  |  |  |  | The services. Names: catalog, price-ticks. |');
    expect(lines.some((line) => line.includes('Secret; or the name of its file in `PORTICO_SIGN_IN_CLIENT_SECRET_FILE`.'))).toBe(true);
  });
});

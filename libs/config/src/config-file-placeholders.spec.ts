import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CookieAffinity, MatchSection } from '../test/gateway-file.js';
import { faultsOf, faultsOfCall, read } from '../test/read-text.js';
import { loadConfigFile, Setting } from './index.js';

const routes = (rest: string) => `version: 1\nroutes: { a: { match: { path: /a }, ${rest} } }`;

class Many {
  @Setting({ description: 'Texts.' })
  texts: string[] = [];
  @Setting({ description: 'Numbers.', type: 'number[]' })
  numbers: readonly number[] = [];
  @Setting({ description: 'Whether.' })
  flag = false;
  @Setting({ description: 'Text.' })
  text = '';
}

const many = (text: string, env: NodeJS.ProcessEnv = {}) => loadConfigFile(Many, { file: 'm.yaml', text }, { env });

describe('placeholders in a file', () => {
  it('stand in any text: in values, lists, maps, and the names of choices', () => {
    const env = { REGION: 'eu', COOKIE: 'c', POLICY: 'limit' };
    expect(many("text: 'a ${REGION} b ${REGION}'\ntexts: ['${REGION}-1', x]", env)).toMatchObject({ text: 'a eu b eu', texts: ['eu-1', 'x'] });
    expect(loadConfigFile(MatchSection, { file: 'm.yaml', text: 'path: /\nheaders: { x-region: "${REGION}" }' }, { env }).headers).toEqual({ 'x-region': 'eu' });
    expect(read(routes('inbound: ["${POLICY}"]'), env).routes['a']?.inbound).toEqual([{ name: 'limit', options: { limit: 100 } }]);
  });

  it('take the default where the variable is not set or is empty', () => {
    expect(many("text: '${NONE:-a b}/${EMPTY:-c}/${EMPTY}/${NONE:-}'", { EMPTY: '' }).text).toBe('a b/c//');
  });

  it('leave $${ as ${, and other dollar signs alone', () => {
    expect(many("text: '$${NAME} $5 {x} $$ ${A}'", { A: '${B}' }).text).toBe('${NAME} $5 {x} $$ ${B}');
  });

  it('take the type of the setting when they are the whole value', () => {
    const env = { LIMIT: '7', FLAG: 'false', TEXTS: 'a, b', TEXT: '12' };
    expect(many("flag: ${FLAG}\ntexts: ${TEXTS}\nnumbers: ${NONE:-1,2.5}\ntext: ${TEXT}", env)).toEqual({ flag: false, texts: ['a', 'b'], numbers: [1, 2.5], text: '12' });
    expect(read(routes('rateLimit: { limit: "${LIMIT}" }'), env).routes['a']?.rateLimit?.limit).toBe(7);
  });

  it('are faults where they stand when the variable is missing, has another type or is refused, never showing what it holds', () => {
    expect(faultsOf(routes("timeoutMs: '${A}', rateLimit: { limit: '${B}' }, inbound: [base, '${C}', { remove: ['${D}'] }]"), { A: 'hunter2', B: '0' })).toEqual([
      'a.yaml:2:37 routes.a.timeoutMs: the value from A is not a number',
      'a.yaml:2:69 routes.a.rateLimit.limit: must not be less than 1',
      'a.yaml:2:102 routes.a.inbound[1]: needs the environment variable C, which is not set',
      'a.yaml:2:121 routes.a.inbound[2].remove[0]: needs the environment variable D, which is not set',
    ]);
  });

  it('are faults when they are only a part of a number, or no placeholder at all', () => {
    const env = { A: '1' };
    expect(faultsOf(routes("timeoutMs: '1${A}'"), env)).toEqual(['a.yaml:2:37 routes.a.timeoutMs: must be a number, but is a string']);
    for (const text of ['${', '${A', '${1A}', '${A-b}', '${A:-${A}}', '${}', '${constructor}']) {
      expect(faultsOfCall(() => many(`text: '${text}'`, env)), text).toHaveLength(1);
    }
  });
});

describe('secrets in a file', () => {
  const secret = (value: string, env: NodeJS.ProcessEnv = {}) => loadConfigFile(CookieAffinity, { file: 's.yaml', text: `cookie: c\nsecret: ${value}` }, { env }).secret;

  it('are texts, placeholders or files, of which the last line feed is dropped', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portico-'));
    try {
      writeFileSync(join(folder, 'key'), ' correct horse \n\n');
      expect(secret('correct horse')).toBe('correct horse');
      expect(secret('${KEY}', { KEY: 'correct horse' })).toBe('correct horse');
      expect(secret(`{ file: "\${DIR}/key" }`, { DIR: folder })).toBe(' correct horse \n');
      const read: string[] = [];
      const source = { file: join(folder, 's.yaml'), text: 'cookie: c\nsecret: { file: key }' };
      expect(loadConfigFile(CookieAffinity, source, { env: {}, onFile: (path) => read.push(path) }).secret).toBe(' correct horse \n');
      expect(read).toEqual([join(folder, 'key')]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are never shown in faults', () => {
    const texts = ['hunter2', '"${KEY}"', '{ file: hunter2 }', '{ file: "${KEY}" }', '[hunter2]', '{ hunter2: a }', '{ file: [hunter2] }', '"hunter2\\q"', '!hunter2 x', 'a: hunter2', '|hunter2', '"hunter2'];
    for (const text of texts) {
      const faults = faultsOfCall(() => secret(text, { KEY: 'hunter2' }));
      expect(faults.length, text).toBeGreaterThan(0);
      if (!text.startsWith('{ file: hunter2')) expect(faults.join('\n'), text).not.toContain('hunter2');
    }
    expect(faultsOfCall(() => secret('hunter2'))).toEqual(['s.yaml:2:1 secret: does not satisfy minLength']);
    expect(faultsOfCall(() => secret('12'))).toEqual(['s.yaml:2:1 secret: must be a string or { file: path }, but is a number']);
    expect(faultsOfCall(() => secret('{ file: /none/such }'))).toEqual(['s.yaml:2:11 secret: the file "/none/such" cannot be read (ENOENT)']);
  });

  it('are the only settings that may come from a file of their own', () => {
    expect(faultsOfCall(() => many('text: { file: /etc/hosts }'))).toEqual(['m.yaml:1:1 text: must be a string, but is a map']);
  });
});

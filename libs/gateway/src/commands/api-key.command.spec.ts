import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeyVerifier, FileApiKeyStore } from '@portico/auth';
import type { Caller } from '@portico/core';
import { ManualClock } from '@portico/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiKeyCommand } from './api-key.command.js';

let folder: string;
let file: string;
let clock: ManualClock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portico-'));
  file = join(folder, 'keys.json');
  clock = new ManualClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

const api = (action: string, ...args: string[]) => apiKeyCommand([action, file, ...args], clock);
const create = (...args: string[]) => api('create', '--partner', 'Acme & Sons', '--client-id', 'acme', ...args);
const idOf = (key: string) => /^bffk_([^.]+)\./.exec(key)?.[1] as string;

async function callerOf(key: string): Promise<Caller> {
  const store = new FileApiKeyStore(file, { clock });
  try {
    return await new ApiKeyVerifier(store, { clock }).verify(key, '192.0.2.1');
  } finally {
    store.close();
  }
}

describe('api-key', () => {
  it('creates a key that a gateway takes, and prints nothing else to standard output', async () => {
    const { output, notes, ok } = await create('--scopes', 'shop.read,shop.write', '--days', '30');
    expect(ok).toBe(true);
    expect(output).toMatch(/^bffk_[0-9a-f]{16}\.[\w-]{43}$/);
    expect(notes).toBe(`${idOf(output)}: primary key of acme, from 2026-01-01T00:00:00.000Z to 2026-01-31T00:00:00.000Z. It is shown this once.`);
    const caller = await callerOf(output);
    expect([caller.kind, caller.clientId, [...caller.scopes]]).toEqual(['client', 'acme', ['shop.read', 'shop.write']]);
  });

  it('shows ids only, once a key is made', async () => {
    const [first, second] = [await create(), await create()];
    const third = await api('rotate', '--client-id', 'acme', '--slot', 'primary');
    const revoked = await api('revoke', idOf(second.output));
    const listed = await api('list');
    expect(listed.output.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual([
      [idOf(first.output), 'revoked', 'primary'],
      [idOf(second.output), 'revoked', 'secondary'],
      [idOf(third.output), 'live', 'primary'],
    ]);
    const later = [first.notes, third.notes, revoked.output, revoked.notes, listed.output, listed.notes, readFileSync(file, 'utf8')].join('\n');
    for (const { output } of [first, second, third]) expect(later).not.toContain(output.slice(output.indexOf('.') + 1));
  });

  it('rotates one key while the other one goes on', async () => {
    const [primary, secondary] = [await create(), await create()];
    const rotated = await api('rotate', '--client-id', 'acme', '--slot', 'primary');
    await expect(callerOf(primary.output)).rejects.toMatchObject({ code: 'API_KEY_INVALID' });
    for (const { output } of [secondary, rotated]) expect((await callerOf(output)).id).toBe('acme');
  });

  it('tells states and partners in a list', async () => {
    await create('--not-before', '2026-06-01T00:00:00Z');
    await api('create', '--partner', 'Else', '--client-id', 'else', '--days', '1', '--slot', 'secondary');
    await clock.advance(2);
    expect((await api('list', '--client-id', 'acme')).output).toContain('future ');
    expect((await apiKeyCommand(['list', file, '--client-id', 'else'], new ManualClock(Date.UTC(2026, 0, 2)))).output).toMatch(/^\w+ {2}expired {2}secondary {2}\S+ {2}else {2}- {2}Else$/);
  });

  it.each([
    ['a third live key', 'two live keys', async () => [await create(), await create(), await create()]],
    ['a key in a place that is taken', 'is live', async () => [await create(), await create('--slot', 'primary')]],
    ['a rotation for a stranger', 'No key was ever given to else', async () => [await create(), await api('rotate', '--client-id', 'else', '--slot', 'primary')]],
    ['to revoke an unknown key', 'No key has the id', async () => [await create(), await api('revoke', 'nobodyhasthis')]],
    ['a scope that is none', 'scopes', async () => [await create('--scopes', 'a b')]],
    ['a name with a line feed', 'partner.name', async () => [await api('create', '--partner', 'a\nb', '--client-id', 'acme')]],
    ['a place that is none', '--slot', async () => [await create('--slot', 'third')]],
    ['a life that is none', '--days', async () => [await create('--days', '0')]],
    ['a moment that is none', '--not-before', async () => [await create('--not-before', 'soon')]],
    ['a key for nobody', '--client-id is needed', async () => [await api('create', '--partner', 'Acme')]],
    ['an option that is unknown', 'Say one of', async () => [await create('--secret', 'mine')]],
    ['an action that is unknown', 'There is no api-key paint', async () => [await create(), await api('paint')]],
    ['to revoke nothing', 'Say one of', async () => [await create(), await api('revoke')]],
    ['more than one file', 'Say one of', async () => [await create(), await api('list', 'other.json')]],
  ])('refuses %s', async (_, words, run) => {
    const last = (await run()).at(-1);
    expect(last).toMatchObject({ ok: false, output: '' });
    expect(last?.notes).toContain(words);
  });

  it('refuses a file that is missing or broken, except that the first key makes one', async () => {
    for (const action of [['list'], ['revoke', 'nobodyhasthis'], ['rotate', '--client-id', 'acme', '--slot', 'primary']]) {
      expect(await api(action[0] as string, ...action.slice(1))).toMatchObject({ ok: false, notes: expect.stringContaining('cannot be read') as string });
    }
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, 'keys');
    expect(await create()).toMatchObject({ ok: false, notes: expect.stringContaining('is no JSON') as string });
    expect(readFileSync(file, 'utf8')).toBe('keys');
  });
});

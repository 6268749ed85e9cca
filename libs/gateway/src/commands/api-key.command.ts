import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiKeyIssuer, apiKeySlots, FileApiKeyStore, isLiveKey, type ApiKeyLife, type ApiKeyRecord, type ApiKeySlot, type IssuedApiKey } from '@portico/auth';
import { isConfigurationError } from '@portico/config';
import { isPorticoError, type Clock } from '@portico/core';

/** What a command about API keys prints. */
export interface ApiKeyOutcome {
  /** For standard output: a new key, this once, or a list. */
  readonly output: string;
  /** For standard error: what a person should know. */
  readonly notes: string;
  readonly ok: boolean;
}

/** How the command is called. */
export const apiKeyUsage = [
  'api-key create FILE --partner NAME --client-id ID [--scopes a,b] [--slot primary|secondary] [--days N] [--not-before MOMENT]',
  'api-key rotate FILE --client-id ID --slot primary|secondary [--days N] [--not-before MOMENT]',
  'api-key revoke FILE KEY-ID',
  'api-key list FILE [--client-id ID]',
] as const;

const options = {
  partner: { type: 'string' },
  'client-id': { type: 'string' },
  scopes: { type: 'string' },
  slot: { type: 'string' },
  days: { type: 'string' },
  'not-before': { type: 'string' },
} as const;

type Options = Partial<Record<keyof typeof options, string>>;

class WrongUse extends Error {}

/**
 * `api-key create|rotate|revoke|list FILE …`: gives partners the keys that a file of hashed keys knows, and takes them away. A new key is printed once;
 * afterwards only ids are shown. A gateway that follows the file goes by it within 1 s.
 */
export async function apiKeyCommand(args: readonly string[], clock: Clock): Promise<ApiKeyOutcome> {
  try {
    return await run(args, clock);
  } catch (error) {
    if (error instanceof WrongUse) return refused(`${error.message}\nSay one of:\n  ${apiKeyUsage.join('\n  ')}`);
    if (isPorticoError(error)) return refused(error.detail ?? error.message);
    if (isConfigurationError(error) || error instanceof Error) return refused(error.message);
    throw error;
  }
}

async function run(args: readonly string[], clock: Clock): Promise<ApiKeyOutcome> {
  const { values, positionals } = read(args);
  const [action, file, id, ...more] = positionals;
  if (file === undefined || more.length > 0 || (id === undefined) === (action === 'revoke')) throw new WrongUse('That is not understood.');
  const store = new FileApiKeyStore(resolve(file), { clock, mayBeMissing: action === 'create' });
  try {
    const issuer = new ApiKeyIssuer(store, { clock });
    switch (action) {
      case 'create':
        return issued(await issuer.create({ partner: { name: needed(values, 'partner'), clientId: needed(values, 'client-id') }, scopes: listed(values.scopes), slot: slotOf(values), ...lifeOf(values) }));
      case 'rotate':
        return issued(await issuer.rotate(needed(values, 'client-id'), slotOf({ slot: needed(values, 'slot') }) as ApiKeySlot, lifeOf(values)));
      case 'revoke':
        await issuer.revoke(id as string);
        return { output: '', notes: `${id} is revoked`, ok: true };
      case 'list':
        return { output: (await store.list(values['client-id'])).map((key) => line(key, clock.epochMs())).join('\n'), notes: '', ok: true };
      default:
        throw new WrongUse(`There is no api-key ${action}.`);
    }
  } finally {
    store.close();
  }
}

function read(args: readonly string[]): { readonly values: Options; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}

function issued({ text, record }: IssuedApiKey): ApiKeyOutcome {
  const from = moment(record.notBeforeMs);
  return { output: text, notes: `${record.id}: ${record.slot} key of ${record.partner.clientId}, from ${from} to ${moment(record.expiresAtMs)}. It is shown this once.`, ok: true };
}

function line(key: ApiKeyRecord, epochMs: number): string {
  const state = key.revokedAtMs !== undefined ? 'revoked' : !isLiveKey(key, epochMs) ? 'expired' : epochMs < key.notBeforeMs ? 'future' : 'live';
  return [key.id, state.padEnd(7), key.slot.padEnd(9), `${moment(key.notBeforeMs)}/${moment(key.expiresAtMs)}`, key.partner.clientId, key.scopes.join(',') || '-', key.partner.name].join('  ');
}

function needed(values: Options, name: keyof Options): string {
  const value = values[name];
  if (value === undefined) throw new WrongUse(`--${name} is needed.`);
  return value;
}

function listed(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.split(',');
}

function slotOf({ slot }: Pick<Options, 'slot'>): ApiKeySlot | undefined {
  if (slot !== undefined && !apiKeySlots.includes(slot as ApiKeySlot)) throw new WrongUse('--slot is primary or secondary.');
  return slot as ApiKeySlot | undefined;
}

const dayMs = 86_400_000;

function lifeOf({ days, 'not-before': from }: Options): ApiKeyLife {
  if (days !== undefined && !/^[1-9]\d{0,3}$/.test(days)) throw new WrongUse('--days is a number from 1 to 9999.');
  const notBeforeMs = from === undefined ? undefined : Date.parse(from);
  if (Number.isNaN(notBeforeMs)) throw new WrongUse('--not-before is a moment as 2026-01-31T00:00:00Z.');
  return { notBeforeMs, lifeMs: days === undefined ? undefined : Number(days) * dayMs };
}

function refused(notes: string): ApiKeyOutcome {
  return { output: '', notes, ok: false };
}

function moment(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

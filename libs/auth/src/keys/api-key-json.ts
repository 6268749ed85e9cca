import { scopeToken } from '../access.decorators.js';
import { apiKeyId } from './api-key-format.js';
import { apiKeySlots, type ApiKeyRecord, type ApiKeySlot } from './api-key-record.js';

/** A key as stores write it: moments in ISO 8601, the digest in hexadecimal. */
export interface ApiKeyJson {
  readonly id: string;
  readonly secretSha256: string;
  readonly partner: { readonly name: string; readonly clientId: string };
  readonly scopes: readonly string[];
  readonly slot: ApiKeySlot;
  readonly notBefore: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** What is written of a key. */
export function writeApiKey({ id, secretDigest, partner, scopes, slot, notBeforeMs, expiresAtMs, revokedAtMs }: ApiKeyRecord): ApiKeyJson {
  return {
    id,
    secretSha256: secretDigest.toString('hex'),
    partner: { name: partner.name, clientId: partner.clientId },
    scopes,
    slot,
    notBefore: moment(notBeforeMs),
    expiresAt: moment(expiresAtMs),
    revokedAt: revokedAtMs === undefined ? null : moment(revokedAtMs),
  };
}

/**
 * Reads what was written of a key.
 * @throws TypeError that names the member which cannot be read, and no value
 */
export function readApiKey(json: unknown): ApiKeyRecord {
  const key = members(json, 'the key');
  const partner = members(key['partner'], 'partner');
  const { scopes, slot, revokedAt } = key;
  if (!Array.isArray(scopes) || !scopes.every((scope) => typeof scope === 'string' && scopeToken.test(scope))) throw new TypeError('scopes is no list of scopes');
  if (!apiKeySlots.includes(slot as ApiKeySlot)) throw new TypeError('slot is neither primary nor secondary');
  return {
    id: text(key['id'], 'id', apiKeyId),
    secretDigest: Buffer.from(text(key['secretSha256'], 'secretSha256', /^[0-9a-f]{64}$/), 'hex'),
    partner: { name: text(partner['name'], 'partner.name', /^\P{C}{1,200}$/u), clientId: text(partner['clientId'], 'partner.clientId', clientIdText) },
    scopes: scopes as string[],
    slot: slot as ApiKeySlot,
    notBeforeMs: epochMs(key['notBefore'], 'notBefore'),
    expiresAtMs: epochMs(key['expiresAt'], 'expiresAt'),
    // Not to be told from a key that was never revoked, were it left out by mistake.
    revokedAtMs: revokedAt === null ? undefined : epochMs(revokedAt, 'revokedAt'),
  };
}

// RFC 6749 A.1, without spaces at its ends.
const clientIdText = /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/;

function members(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError(`${name} is no object`);
  return value as Record<string, unknown>;
}

function text(value: unknown, name: string, form: RegExp): string {
  if (typeof value !== 'string' || !form.test(value)) throw new TypeError(`${name} is not what it must be`);
  return value;
}

// A moment without its zone would be another one on every machine.
const utc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/;

function epochMs(value: unknown, name: string): number {
  const ms = typeof value === 'string' && utc.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(ms)) throw new TypeError(`${name} is no moment as 2026-01-31T00:00:00Z`);
  return ms;
}

function moment(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.valueOf())) throw new TypeError('A key has a moment that is none');
  return date.toISOString();
}

import { PorticoError, type Clock } from '@portico/core';
import { newApiKey } from './api-key-format.js';
import { apiKeySlots, isLiveKey, type ApiKeyPartner, type ApiKeyRecord, type ApiKeySlot } from './api-key-record.js';
import type { ApiKeyStore } from './api-key-store.js';

/** How long a new key is good. */
export interface ApiKeyLife {
  /** When it begins to be accepted, in ms since the Unix epoch; now by default. */
  readonly notBeforeMs?: number | undefined;
  /** How long it lasts from then on, in ms; 365 days by default. */
  readonly lifeMs?: number | undefined;
}

export interface CreateApiKeyOptions extends ApiKeyLife {
  readonly partner: ApiKeyPartner;
  /** What the partner may do; nothing in particular by default. */
  readonly scopes?: readonly string[] | undefined;
  /** Where it is put; by default the first place that is free. */
  readonly slot?: ApiKeySlot | undefined;
}

/** A key that was given out. */
export interface IssuedApiKey {
  /** The whole key: shown to the partner once, and kept nowhere. */
  readonly text: string;
  readonly record: ApiKeyRecord;
}

const yearMs = 365 * 86_400_000;

/** Gives keys to partners: at most two live ones each, so that one can be replaced while the other is used. */
export class ApiKeyIssuer {
  readonly #store: ApiKeyStore;
  readonly #clock: Clock;

  constructor(store: ApiKeyStore, { clock }: { readonly clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Makes a key and stores what has to be known of it.
   * @throws PorticoError STATE_CONFLICT when the partner has a live key in that place, or in both; TypeError for a partner, scope or moment that cannot be stored
   */
  async create({ partner, scopes = [], slot, ...life }: CreateApiKeyOptions): Promise<IssuedApiKey> {
    const issued = this.#make(partner, scopes, slot ?? (await this.#freeSlot(partner.clientId)), life);
    await this.#store.put(issued.record);
    return issued;
  }

  /**
   * Replaces the key in a place of a client by a new one with the same scopes; the old one is revoked in the same step. An empty place is filled as the other one is.
   * @throws PorticoError RESOURCE_NOT_FOUND when the client never had a key
   */
  async rotate(clientId: string, slot: ApiKeySlot, life: ApiKeyLife = {}): Promise<IssuedApiKey> {
    const keys = await this.#store.list(clientId);
    const epochMs = this.#clock.epochMs();
    const inPlace = keys.filter((key) => key.slot === slot);
    const model = inPlace.find((key) => isLiveKey(key, epochMs)) ?? keys.find((key) => isLiveKey(key, epochMs)) ?? inPlace.at(-1) ?? keys.at(-1);
    if (!model) throw new PorticoError('RESOURCE_NOT_FOUND', { detail: `No key was ever given to ${clientId}.` });
    const issued = this.#make(model.partner, model.scopes, slot, life);
    await this.#store.put(issued.record, { replacing: true });
    return issued;
  }

  /** Revokes a key for good. @throws PorticoError RESOURCE_NOT_FOUND for an id that nobody has */
  revoke(id: string): Promise<void> {
    return this.#store.revoke(id);
  }

  async #freeSlot(clientId: string): Promise<ApiKeySlot> {
    const keys = await this.#store.list(clientId);
    const epochMs = this.#clock.epochMs();
    const free = apiKeySlots.find((slot) => !keys.some((key) => key.slot === slot && isLiveKey(key, epochMs)));
    if (!free) throw new PorticoError('STATE_CONFLICT', { detail: `${clientId} has two live keys: rotate or revoke one.` });
    return free;
  }

  #make(partner: ApiKeyPartner, scopes: readonly string[], slot: ApiKeySlot, { notBeforeMs = this.#clock.epochMs(), lifeMs = yearMs }: ApiKeyLife): IssuedApiKey {
    const { id, text, secretDigest } = newApiKey();
    return { text, record: { id, secretDigest, partner, scopes, slot, notBeforeMs, expiresAtMs: notBeforeMs + lifeMs, revokedAtMs: undefined } };
  }
}

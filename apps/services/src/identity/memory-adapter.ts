import type { Adapter, AdapterPayload } from 'oidc-provider';

/** The most artefacts kept; the oldest give way. */
const capacity = 20_000;

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAtMs: number;
}

/** Where the provider keeps sessions, codes, grants and refresh tokens: in memory, until they expire. */
export class MemoryStore {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly nowMs: () => number) {}

  /** The adapter of one kind of artefact. */
  adapter(model: string): Adapter {
    const key = (id: string): string => `${model}/${id}`;
    return {
      upsert: async (id, payload, expiresInSeconds) => this.put(key(id), payload, expiresInSeconds),
      find: async (id) => this.get(key(id)),
      findByUid: async (uid) => this.findWhere(model, (payload) => payload.uid === uid),
      findByUserCode: async (userCode) => this.findWhere(model, (payload) => payload.userCode === userCode),
      consume: async (id) => {
        const payload = this.get(key(id));
        if (payload) payload.consumed = Math.floor(this.nowMs() / 1_000);
      },
      destroy: async (id) => void this.entries.delete(key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [name, { payload }] of this.entries) if (payload.grantId === grantId) this.entries.delete(name);
      },
    };
  }

  private put(key: string, payload: AdapterPayload, expiresInSeconds: number | undefined): void {
    this.entries.delete(key);
    this.entries.set(key, { payload, expiresAtMs: expiresInSeconds ? this.nowMs() + expiresInSeconds * 1_000 : Infinity });
    if (this.entries.size > capacity) for (const oldest of this.entries.keys()) return void this.entries.delete(oldest);
  }

  private get(key: string): AdapterPayload | undefined {
    const entry = this.entries.get(key);
    if (!entry || entry.expiresAtMs > this.nowMs()) return entry?.payload;
    this.entries.delete(key);
    return undefined;
  }

  private findWhere(model: string, matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [name, { payload }] of this.entries) if (name.startsWith(`${model}/`) && matches(payload)) return this.get(name);
    return undefined;
  }
}

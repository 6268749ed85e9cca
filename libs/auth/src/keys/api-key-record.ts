/** Application of a partner, to whom keys are given. */
export interface ApiKeyPartner {
  /** Name for people. */
  readonly name: string;
  /** Client id by which limits, logs and services know it. */
  readonly clientId: string;
}

/** The two places that a partner has for keys: while one key is replaced, the other one is used. */
export const apiKeySlots = ['primary', 'secondary'] as const;

/** One of the two places. */
export type ApiKeySlot = (typeof apiKeySlots)[number];

/** What is known of a key. The secret itself is kept nowhere. */
export interface ApiKeyRecord {
  /** The public part of the key: names it in logs and commands. */
  readonly id: string;
  /** SHA-256 of the secret's text. */
  readonly secretDigest: Buffer;
  readonly partner: ApiKeyPartner;
  readonly scopes: readonly string[];
  readonly slot: ApiKeySlot;
  /** When it begins to be accepted, in ms since the Unix epoch. */
  readonly notBeforeMs: number;
  /** When it ends, in ms since the Unix epoch. */
  readonly expiresAtMs: number;
  /** When it was revoked, in ms since the Unix epoch; undefined while it is not. Whatever the moment, a key that has one is refused: clocks may differ. */
  readonly revokedAtMs: number | undefined;
}

/** Whether a key is one of the two that its partner may have: neither revoked nor expired, though perhaps not valid yet. */
export function isLiveKey({ revokedAtMs, expiresAtMs }: ApiKeyRecord, epochMs: number): boolean {
  return revokedAtMs === undefined && epochMs < expiresAtMs;
}

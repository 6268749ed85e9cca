import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** How long keys are used before they are asked for again, in milliseconds. */
const freshMs = 60_000;

/** The least time between two requests for keys, in milliseconds: tokens with made-up key ids cost no more than that. */
const pauseMs = 1_000;

/** How long the issuer may take, in milliseconds. */
const timeoutMs = 2_500;

/** What a request for the issuer's keys needs. */
export interface IssuerKeysOptions {
  readonly jwksUri: string;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** The published RS256 keys of an issuer, kept; the last known ones serve while the issuer does not answer. */
export class IssuerKeys {
  readonly #jwksUri: string;
  readonly #nowMs: () => number;
  #keys: ReadonlyMap<string, KeyObject> = new Map();
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  constructor({ jwksUri, nowMs }: IssuerKeysOptions) {
    this.#jwksUri = jwksUri;
    this.#nowMs = nowMs;
  }

  /** True once there is any key to judge by. */
  get known(): boolean {
    return this.#keys.size > 0;
  }

  /** The key of that id among those known; looks for news behind the scenes when they are old. */
  find(kid: string): KeyObject | undefined {
    if (this.#nowMs() - this.#askedAtMs >= freshMs) void this.refresh();
    return this.#keys.get(kid);
  }

  /** Asks the issuer, at most once a second; whoever comes meanwhile waits for the same answer. Never throws. */
  async refresh(): Promise<void> {
    if (this.#asking) return this.#asking;
    if (this.#nowMs() - this.#askedAtMs < pauseMs) return;
    this.#askedAtMs = this.#nowMs();
    this.#asking = this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      const response = await fetch(this.#jwksUri, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
      if (!response.ok) return;
      const { keys } = (await response.json()) as { keys: readonly (JsonWebKey & { kid?: string; alg?: string })[] };
      this.#keys = new Map(keys.flatMap((key) => (key.kty === 'RSA' && key.kid !== undefined && (key.alg ?? 'RS256') === 'RS256' ? [[key.kid, createPublicKey({ key, format: 'jwk' })] as const] : [])));
    } catch {
      // What is known goes on serving; a token of an unknown key is refused, or answered 503 when nothing is known at all.
    }
  }
}

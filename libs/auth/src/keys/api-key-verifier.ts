import type { Awaitable, Caller, Clock } from '@portico/core';
import { apiKeyCaller } from './api-key-caller.js';
import { apiKeyFailuresExceeded, apiKeyInvalid } from './api-key-challenges.js';
import { parseApiKey, type ApiKeyText } from './api-key-format.js';
import type { ApiKeyRecord } from './api-key-record.js';
import type { ApiKeyStore } from './api-key-store.js';
import type { KeyFailures } from './key-failures.js';
import { MemoryKeyFailures } from './memory-key-failures.js';
import { secretMatches } from './secret-digest.js';

/** Why a key was refused: for the log, never for the client. */
export interface ApiKeyRefusal {
  /** Id of the key as it was sent; undefined for what is no key. */
  readonly keyId: string | undefined;
  readonly reason: 'malformed' | 'unknown' | 'wrong-secret' | 'revoked' | 'expired' | 'not-yet-valid';
}

export interface ApiKeyVerifierOptions {
  readonly clock: Clock;
  /** Limits wrong keys; by default in this process, 20 from one address in 60 s. */
  readonly failures?: KeyFailures | undefined;
  /** Told of every wrong key that is counted, for the log; nothing is done by default. */
  readonly onRefused?: ((refusal: ApiKeyRefusal, address: string) => void) | undefined;
}

/**
 * Finds out which client application a key stands for. Without a promise where the store has none.
 * A wrong secret, an id that nobody has and a key that is dead cost the same and look the same to the client.
 */
export class ApiKeyVerifier {
  readonly #store: ApiKeyStore;
  readonly #clock: Clock;
  readonly #failures: KeyFailures;
  readonly #onRefused: ApiKeyVerifierOptions['onRefused'];
  readonly #callers = new WeakMap<ApiKeyRecord, Caller>();

  constructor(store: ApiKeyStore, { clock, failures = new MemoryKeyFailures({ clock }), onRefused }: ApiKeyVerifierOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#failures = failures;
    this.#onRefused = onRefused;
  }

  /**
   * @param field value of the header field; a list stands for a repeated one, which is refused
   * @param address of the client, as far as trusted proxies vouch for it
   * @throws PorticoError API_KEY_INVALID; LIMIT_EXCEEDED while too many wrong keys came from the address, for good keys too
   */
  verify(field: string | readonly string[], address: string): Awaitable<Caller> {
    this.#assertTaken(address);
    const key = typeof field === 'string' ? parseApiKey(field) : undefined;
    if (!key) return this.#refuse({ keyId: undefined, reason: 'malformed' }, address);
    const found = this.#store.find(key.id);
    if (!(found instanceof Promise)) return this.#judge(key, found, address);
    return found.then((record) => {
      // Others may have failed meanwhile: who sends many keys at once is not spared.
      this.#assertTaken(address);
      return this.#judge(key, record, address);
    });
  }

  #judge({ id, secret }: ApiKeyText, record: ApiKeyRecord | undefined, address: string): Awaitable<Caller> {
    const matches = secretMatches(secret, record?.secretDigest);
    const reason = record ? (matches ? this.#deadBecause(record) : 'wrong-secret') : 'unknown';
    return record && reason === undefined ? this.#callerOf(record) : this.#refuse({ keyId: id, reason: reason ?? 'unknown' }, address);
  }

  #deadBecause({ notBeforeMs, expiresAtMs, revokedAtMs }: ApiKeyRecord): ApiKeyRefusal['reason'] | undefined {
    if (revokedAtMs !== undefined) return 'revoked';
    const epochMs = this.#clock.epochMs();
    if (epochMs >= expiresAtMs) return 'expired';
    return epochMs < notBeforeMs ? 'not-yet-valid' : undefined;
  }

  #callerOf(record: ApiKeyRecord): Caller {
    let caller = this.#callers.get(record);
    if (!caller) this.#callers.set(record, (caller = apiKeyCaller(record)));
    return caller;
  }

  #assertTaken(address: string): void {
    const waitMs = this.#failures.blockedMs(address);
    if (waitMs > 0) throw apiKeyFailuresExceeded(waitMs);
  }

  #refuse(refusal: ApiKeyRefusal, address: string): Awaitable<never> {
    this.#onRefused?.(refusal, address);
    const fail = (waitMs: number): never => {
      if (waitMs > 0) throw apiKeyFailuresExceeded(waitMs);
      throw apiKeyInvalid(new TypeError(`The key ${refusal.keyId ?? '(without an id)'} is refused: ${refusal.reason}`));
    };
    const waitMs = this.#failures.count(address);
    return waitMs instanceof Promise ? waitMs.then(fail) : fail(waitMs);
  }
}

import type { SignatureKey } from '../jws-signature.js';
import { proofKey } from './proof-key.js';

/** A key, and the header that brought it. */
interface Remembered {
  readonly header: string;
  readonly key: SignatureKey;
}

/**
 * The keys of proofs, by their thumbprints: importing one costs twice what verifying with it does. Remembers those used most recently.
 * A client writes the same header on every proof; one that came before needs not be read again. Each key has one place: nobody pushes out others by many headers.
 */
export class ProofKeys {
  readonly #algorithms: ReadonlySet<string>;
  readonly #maxKeys: number;
  /** In the order of use. */
  readonly #entries = new Map<string, Remembered>();

  /**
   * @param algorithms those that are accepted
   * @param maxKeys how many are remembered
   */
  constructor(algorithms: readonly string[], maxKeys: number) {
    this.#algorithms = new Set(algorithms);
    this.#maxKeys = maxKeys;
  }

  /**
   * The key that the encoded `header` of a proof holds, whose thumbprint must be `jkt`.
   * @throws whatever `proofKey` refuses it with
   */
  take(header: string, jkt: string): SignatureKey {
    const known = this.#entries.get(jkt);
    if (known?.header === header) {
      this.#entries.delete(jkt);
      this.#entries.set(jkt, known);
      return known.key;
    }
    const key = proofKey(header, jkt, this.#algorithms);
    this.#remember(jkt, { header, key });
    return key;
  }

  #remember(jkt: string, entry: Remembered): void {
    this.#entries.delete(jkt);
    this.#entries.set(jkt, entry);
    if (this.#entries.size <= this.#maxKeys) return;
    const [oldest] = this.#entries.keys();
    this.#entries.delete(oldest as string);
  }
}

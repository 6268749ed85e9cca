import { noIdentityFaults, parseIdentityFaults, type IdentityFaults } from './identity-faults.js';
import { SigningKeys } from './signing-keys.js';
import type { Tampering } from './tampered-token.js';

/** What tests and demonstrations can do to the identity service; nothing of it happens by itself. */
export class IdentitySwitches {
  readonly #keys = new SigningKeys();
  #faults = noIdentityFaults;
  #renew: () => Promise<void> = () => Promise.resolve();

  get faults(): IdentityFaults {
    return this.#faults;
  }

  /** The keys of the issuer, for whoever signs and verifies. */
  get keys(): SigningKeys {
    return this.#keys;
  }

  /** Replaces the faults; what is not named behaves. Throws `InvalidFaultsError`. */
  replaceFaults(input: unknown): void {
    this.#faults = parseIdentityFaults(input);
  }

  /** Changes the named faults and keeps the others. Throws `InvalidFaultsError`. */
  patchFaults(patch: Partial<IdentityFaults>): void {
    this.#faults = parseIdentityFaults(patch, this.#faults);
  }

  clearFaults(): void {
    this.#faults = noIdentityFaults;
  }

  /** Publishes a further key, with which tokens are signed from now on unless `sign` is false. Returns its `kid`. */
  async publishKey({ sign = true }: { readonly sign?: boolean } = {}): Promise<string> {
    const kid = await this.#keys.publish(sign);
    await this.#renew();
    return kid;
  }

  /** Takes a key out of the published set; false if there is no such key. Throws a `RangeError` for the last one. */
  async withdrawKey(kid: string): Promise<boolean> {
    const known = this.#keys.withdraw(kid);
    if (known) await this.#renew();
    return known;
  }

  /** Called with every change of the keys, before the change is reported as done. */
  onKeyChange(renew: () => Promise<void>): void {
    this.#renew = renew;
  }

  /** What is to be wrong with the ID token at hand; asking puts the switch back. */
  takeTampering(): Tampering | undefined {
    const { nextIdToken } = this.#faults;
    if (nextIdToken === 'sound') return undefined;
    this.#faults = { ...this.#faults, nextIdToken: 'sound' };
    return nextIdToken;
  }
}

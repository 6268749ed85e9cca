/** Addresses that are refused for a while, at most so many: those blocked first are forgotten first. */
export class BlockedAddresses {
  readonly #until = new Map<string, number>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  /** Whether there is none; then nobody has to find out which one it would be. */
  get none(): boolean {
    return this.#until.size === 0;
  }

  /** How long an address is still refused, in ms; 0 when it is not. */
  waitMs(group: string, now: number): number {
    const until = this.#until.get(group);
    if (until === undefined) return 0;
    if (until > now) return until - now;
    this.#until.delete(group);
    return 0;
  }

  block(group: string, until: number, now: number): void {
    this.#until.delete(group);
    this.#until.set(group, until);
    const [oldest] = this.#until as Iterable<[string, number]>;
    if (oldest && (oldest[1] <= now || this.#until.size > this.#max)) this.#until.delete(oldest[0]);
  }
}

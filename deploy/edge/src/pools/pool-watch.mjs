import { lookup } from 'node:dns/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { InstanceHealth } from './instance-health.mjs';
import { probe } from './probe.mjs';

/** @typedef {import('../config/edge-config.mjs').PoolConfig} PoolConfig */
/** @typedef {{ readonly address: string, readonly healthy: boolean, readonly replica: string | undefined }} Instance an instance as it is known now, `address` as `10.0.0.7:3010` */
/** @typedef {{ readonly health: InstanceHealth, replica: string | undefined }} Watched */

/** Knows the instances of one pool, and which of them take requests. */
export class PoolWatch {
  #name;
  #config;
  #log;
  /** @type {Map<string, Watched>} */
  #watched = new Map();

  /**
   * @param {string} name
   * @param {PoolConfig} config
   * @param {import('../log/log.mjs').Log} log
   */
  constructor(name, config, log) {
    this.#name = name;
    this.#config = config;
    this.#log = log;
  }

  /** In the order of their addresses. @returns {Instance[]} */
  get instances() {
    return [...this.#watched].map(([address, { health, replica }]) => ({ address, healthy: health.healthy, replica })).sort((one, other) => (one.address < other.address ? -1 : 1));
  }

  /** One round: asks for the addresses, and each instance how it is. Never rejects. */
  async look() {
    const addresses = await this.#addresses();
    for (const address of this.#watched.keys()) if (!addresses.includes(address)) this.#forget(address);
    await Promise.all(addresses.map((address) => this.#probe(address)));
  }

  /** @returns {Promise<readonly string[]>} those known before while the name cannot be resolved */
  async #addresses() {
    const { host, port, instances } = this.#config;
    if (instances) return instances;
    const known = [...this.#watched.keys()];
    const found = lookup(/** @type {string} */ (host), { all: true, family: 4 }).then(
      (answers) => answers.map(({ address }) => `${address}:${port}`),
      () => known,
    );
    // A resolver that hangs must not keep the probes waiting.
    return Promise.race([found, pause(this.#config.healthTimeoutMs, known, { ref: false })]);
  }

  /** @param {string} address */
  async #probe(address) {
    let watched = this.#watched.get(address);
    if (!watched) this.#watched.set(address, (watched = { health: new InstanceHealth(this.#config), replica: undefined }));
    const { finding, replica } = await probe(address, this.#config);
    // One that fails for a moment is still the same.
    watched.replica = replica ?? watched.replica;
    if (watched.health.take(finding)) this.#log.info(watched.health.healthy ? 'An instance takes requests' : 'An instance takes no more requests', { pool: this.#name, instance: address, replica: watched.replica, finding });
  }

  /** @param {string} address */
  #forget(address) {
    this.#watched.delete(address);
    this.#log.info('An instance is gone', { pool: this.#name, instance: address });
  }
}

// The declaration has to travel with this source: other projects compile it too, without this one's configuration.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./undici-pool.d.ts" />
import type { InstanceState } from '@portico/discovery';
import type { Pool } from 'undici';
import UndiciPool from 'undici/lib/dispatcher/pool.js';

export interface PoolOptions {
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** Whether HTTP/2 is spoken with instances that offer it. Default: false. */
  readonly http2?: boolean;
  /** How the instances' certificates are looked at; as the platform does by default. */
  readonly tls?: { readonly rejectUnauthorized: boolean; readonly ca?: string };
}

/** Keep-alive connections to the instances of one service: a pool each, opened on first use. */
export class InstancePools {
  readonly #options: PoolOptions;
  readonly #pools = new Map<string, Pool>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  of(state: InstanceState): Pool {
    const { origin } = state.instance;
    return this.#pools.get(origin) ?? this.#open(origin);
  }

  /** Ends every connection; calls that still run fail. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  /** Ends every connection once its calls have ended. */
  async retire(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
  }

  #open(origin: string): Pool {
    const { connections, connectTimeoutMs, http2 = false, tls } = this.#options;
    // Deadlines are kept outside, to the millisecond; undici's own timers only cost.
    const pool = new UndiciPool(origin, { connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0, allowH2: http2, connect: { timeout: connectTimeoutMs, ...tls } });
    this.#pools.set(origin, pool);
    return pool;
  }
}

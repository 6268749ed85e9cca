// The declaration has to travel with this source: other projects compile it too, without this one's configuration.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./undici-pool.d.ts" />
import type { ServiceLoad } from '@portico/core';
import type { InstanceState } from '@portico/discovery';
import type { Pool } from 'undici';
import UndiciPool from 'undici/lib/dispatcher/pool.js';
import { onlyHttp2 } from './only-http2.js';

export interface PoolOptions {
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** Whether HTTP/2 is spoken with instances that offer it, or with all, which then have to. Default: false. */
  readonly http2?: boolean | 'only';
  /** How the instances' certificates are looked at; as the platform does by default. */
  readonly tls?: { readonly rejectUnauthorized: boolean; readonly ca?: string };
}

/** Keep-alive connections to the instances of one service: a pool each, opened on first use. */
export class InstancePools {
  readonly #options: PoolOptions;
  readonly #pools = new Map<string, Pool>();
  /** Further ones for HTTP/1.1 alone, where the others speak HTTP/2. */
  readonly #http1 = new Map<string, Pool>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** @param http1 whether HTTP/2 will not do, as for an upgrade, which it does not have (RFC 9113 8.6) */
  of(state: InstanceState, http1: boolean = false): Pool {
    const { origin } = state.instance;
    const pools = http1 && this.#options.http2 ? this.#http1 : this.#pools;
    return pools.get(origin) ?? this.#open(origin, pools);
  }

  /** What they hold now, of all instances. */
  load(): Pick<ServiceLoad, 'connections' | 'inFlight' | 'waiting'> {
    const load = { connections: 0, inFlight: 0, waiting: 0 };
    for (const { stats } of this.#all()) {
      load.connections += stats.connected;
      load.inFlight += stats.running;
      load.waiting += stats.pending;
    }
    return load;
  }

  /** Ends every connection; calls that still run fail. */
  async close(): Promise<void> {
    await Promise.all(this.#all().map((pool) => pool.destroy()));
  }

  /** Ends every connection once its calls have ended. */
  async retire(): Promise<void> {
    await Promise.all(this.#all().map((pool) => pool.close()));
  }

  #all(): Pool[] {
    return [...this.#pools.values(), ...this.#http1.values()];
  }

  #open(origin: string, pools: Map<string, Pool>): Pool {
    const { connections, connectTimeoutMs, http2 = false, tls } = this.#options;
    const allowH2 = http2 !== false && pools === this.#pools;
    const connecting = { timeout: connectTimeoutMs, ...tls };
    const connect = allowH2 && http2 === 'only' ? onlyHttp2(connecting) : connecting;
    // Deadlines are kept outside, to the millisecond; undici's own timers only cost.
    const pool = new UndiciPool(origin, { connections, pipelining: 1, headersTimeout: 0, bodyTimeout: 0, allowH2, connect });
    pools.set(origin, pool);
    return pool;
  }
}

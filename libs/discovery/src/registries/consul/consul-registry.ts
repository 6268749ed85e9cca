import type { Instance } from '../../instance.js';
import type { Registry, RegistryDependencies } from '../registry.js';
import { RegistryClient } from '../registry-client.js';
import type { ConsulOptions } from './consul.config.js';
import { consulInstances } from './consul-answer.js';

/** Consul, asked by blocking queries: it answers when something has changed, or when the wait is over. */
export class ConsulRegistry implements Registry {
  // Whatever Consul's index does, it is not asked in a circle without a pause.
  readonly paceMs = 100;
  readonly #options: ConsulOptions;
  readonly #deps: RegistryDependencies;
  readonly #client: RegistryClient;
  readonly #path: string;
  readonly #headers: Readonly<Record<string, string>>;
  // Where Consul's answer stood; 0 asks for an answer at once.
  #index = 0;

  /** @param service name of the service in Consul, unless the options say another */
  constructor(service: string, options: ConsulOptions, deps: RegistryDependencies) {
    this.#options = options;
    this.#deps = deps;
    this.#client = new RegistryClient(options.url, options, deps.clock);
    this.#headers = options.token === '' ? {} : { 'x-consul-token': options.token };
    const query = new URLSearchParams(options.tags.map((tag): [string, string] => ['tag', tag]));
    if (options.datacenter !== '') query.append('dc', options.datacenter);
    this.#path = `/v1/health/service/${encodeURIComponent(options.service || service)}?${query}`;
  }

  async ask(take: (instances: readonly Instance[]) => void, signal: AbortSignal): Promise<void> {
    const { waitMs } = this.#options;
    const blocking = this.#index > 0 ? `&index=${this.#index}&wait=${waitMs}ms` : '';
    // Consul lengthens the wait by chance, by up to a sixteenth.
    const heldMs = this.#index > 0 ? waitMs * 1.0625 : 0;
    try {
      const { value, headers } = await this.#client.json({ path: this.#path + blocking, headers: this.#headers, heldMs }, signal);
      const index = indexOf(headers.get('x-consul-index'));
      take(consulInstances(value, this.#options, this.#deps.report));
      // An index that goes back means that Consul's state was set back: what it was compared with is gone.
      this.#index = index < this.#index ? 0 : index;
    } catch (error) {
      // After a failure the first answer must not wait for a change.
      this.#index = 0;
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

function indexOf(header: string | undefined): number {
  const index = header !== undefined && /^\d+$/.test(header) ? Number(header) : NaN;
  if (!Number.isSafeInteger(index)) throw new Error('its answer has no valid X-Consul-Index: this is not Consul');
  // Consul's own advice: 0 would never block.
  return Math.max(1, index);
}

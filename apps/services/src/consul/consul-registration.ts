import type { FaultSources } from '../server/fault-injection.js';
import { agentTimeoutMs, ConsulAgent, type RegisteredService } from './consul-agent.js';
import type { ConsulSettings } from './consul.environment.js';

/** Time from one look at whether Consul still knows the service to the next. */
export const lookEveryMs = 2_000;

/** Time after which it is tried again, when Consul did not answer. */
export const retryAfterMs = 1_000;

/** The longest that the end of a registration takes, in ms: what runs is waited for, so that it cannot overtake. */
export const longestEndMs = 2 * agentTimeoutMs;

/** What a registration needs from outside. */
export interface RegistrationTools {
  readonly agent: ConsulAgent;
  readonly delay: FaultSources['delay'];
  /** Told when Consul cannot be asked: once, until it has answered again. */
  readonly report: (error: unknown) => void;
}

/** Keeps a service known to Consul until its end: registers it, and again when Consul has forgotten it. While Consul is away, it is tried again and again. */
export class ConsulRegistration {
  readonly #service: RegisteredService;
  readonly #tools: RegistrationTools;
  readonly #over = new AbortController();
  readonly #kept: Promise<void>;
  #reported = false;

  /** Begins at once; the service has to listen already. */
  constructor(service: RegisteredService, tools: RegistrationTools) {
    this.#service = service;
    this.#tools = tools;
    this.#kept = this.#keep();
  }

  /** Makes the service unknown, if Consul can be asked; it never rejects. */
  async end(): Promise<void> {
    this.#over.abort();
    await this.#kept;
    // Consul finds out by itself, when the service does not answer its checks.
    await this.#tools.agent.deregister(this.#service.id).catch(() => undefined);
  }

  async #keep(): Promise<void> {
    const { agent, delay } = this.#tools;
    const { signal } = this.#over;
    // What Consul knows at the start may be of a process that had the same port before.
    let current = false;
    while (!signal.aborted) {
      try {
        if (!current || !(await agent.knows(this.#service.id))) await agent.register(this.#service);
        current = true;
        this.#reported = false;
      } catch (error) {
        this.#complain(error);
      }
      await delay(this.#reported ? retryAfterMs : lookEveryMs, signal);
    }
  }

  #complain(error: unknown): void {
    if (this.#reported) return;
    this.#reported = true;
    const { message, cause } = error as Error;
    this.#tools.report(`not registered in Consul, tried again: ${(cause as Error | undefined)?.message || (cause as NodeJS.ErrnoException | undefined)?.code || message}`);
  }
}

/**
 * Registers a service that listens.
 * @param url its origin, of which the port counts
 */
export function registered(name: string, url: string, { url: consul, address, machine }: ConsulSettings, tools: Omit<RegistrationTools, 'agent'>): ConsulRegistration {
  const port = Number(new URL(url).port);
  return new ConsulRegistration({ id: `${name}-${machine}-${port}`, name, address, port }, { ...tools, agent: new ConsulAgent(consul) });
}

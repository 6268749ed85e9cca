import { ServiceConfig } from './service.config.js';
import { ServiceRuntime, type RuntimeDependencies } from './service-runtime.js';

const mostOrigins = 32;

/** Stacks for origins that are no configured service. Bounded: the one not used for longest goes first, when its calls have ended. */
export class OriginRuntimes {
  readonly #runtimes = new Map<string, ServiceRuntime>();
  readonly #deps: RuntimeDependencies;

  constructor(deps: RuntimeDependencies) {
    this.#deps = deps;
  }

  of(origin: string): ServiceRuntime {
    const known = this.#runtimes.get(origin);
    const runtime = known ?? ServiceRuntime.of(new URL(origin).host, Object.assign(new ServiceConfig(), { instances: [origin] }), this.#deps);
    if (known) this.#runtimes.delete(origin);
    else this.#makeRoom();
    this.#runtimes.set(origin, runtime);
    return runtime;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#runtimes.values()].map((runtime) => runtime.close()));
  }

  #makeRoom(): void {
    if (this.#runtimes.size < mostOrigins) return;
    const [oldest] = this.#runtimes;
    if (!oldest) return;
    this.#runtimes.delete(oldest[0]);
    void oldest[1].retire();
  }
}

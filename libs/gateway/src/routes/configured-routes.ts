import { isConfigurationError, watchConfigFile, type ConfigFileWatch } from '@portico/config';
import type { Clock } from '@portico/core';
import { loadRouteSet, type LoadRouteSetOptions } from './file/load-route-set.js';
import { withPlaces } from './file/with-places.js';
import type { RouteSet } from './route-definition.js';
import type { RouteBinder } from '../operations/bind-routes.js';
import type { RouteHost } from './route-host.js';
import type { RouteServices } from './route-services.js';
import { RouteSnapshot, type RouteSnapshotDependencies } from './route-snapshot.js';

/** Names of the entries whose routes name one of many services. */
function familiesOf({ routes }: RouteSet): ReadonlySet<string> {
  return new Set(routes.filter(({ to }) => to.member !== '').map(({ to }) => to.service));
}

/** What a reload tells, for the log. */
export interface ReloadReport {
  reloaded(routes: number): void;
  refused(reason: string): void;
}

export interface ConfiguredRoutesOptions {
  readonly files: readonly string[];
  readonly loading: Omit<LoadRouteSetOptions, 'onFile'>;
  readonly compiling: Omit<RouteSnapshotDependencies, 'service'>;
  readonly services: RouteServices;
  /** The coded operations, which have the policies of the whole gateway too. */
  readonly operations: Pick<RouteBinder, 'rescope'>;
  readonly clock: Clock;
  readonly report: ReloadReport;
}

/** What the files said, compiled. */
export interface LoadedRoutes {
  readonly snapshot: RouteSnapshot;
  /** Makes their policies count for the coded operations. */
  readonly rescope: () => void;
  /** Ends services that are no longer used; once nothing refers to them. */
  readonly retire: () => Promise<void>;
}

/** The routes of a gateway's files, read anew whenever one of them changes: validated, compiled, swapped; or refused, and the old ones stay. */
export class ConfiguredRoutes {
  readonly #options: ConfiguredRoutesOptions;
  readonly #read = new Set<string>();
  #watch: ConfigFileWatch | undefined;
  #closed = false;

  constructor(options: ConfiguredRoutesOptions) {
    this.#options = options;
  }

  /** @throws ConfigurationError listing every fault of the files */
  async load(): Promise<LoadedRoutes> {
    const { files, loading, compiling, services, operations } = this.#options;
    this.#read.clear();
    const set: RouteSet = loadRouteSet(files, { ...loading, onFile: (path) => this.#read.add(path) });
    const { service, retire } = await services.take(set.services, familiesOf(set));
    return withPlaces(files, () => {
      const snapshot = new RouteSnapshot(set, { ...compiling, service });
      return { snapshot, rescope: set.operations ? operations.rescope(set.operations) : () => {}, retire };
    });
  }

  /** Follows the files, those of secrets too, from the last `load` on. */
  follow(host: RouteHost): void {
    const { files, clock } = this.#options;
    this.#watch?.close();
    if (!this.#closed) this.#watch = watchConfigFile([...new Set([...files, ...this.#read])], () => void this.#reload(host), { clock });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch?.close();
    await this.#options.services.close();
  }

  async #reload(host: RouteHost): Promise<void> {
    const { report } = this.#options;
    try {
      const { snapshot, rescope, retire } = await this.load();
      host.swap(snapshot);
      rescope();
      report.reloaded(snapshot.table.routes.length);
      void retire();
    } catch (error) {
      report.refused(isConfigurationError(error) ? error.message : String(error));
    }
    // Other files may count now than before.
    this.follow(host);
  }
}

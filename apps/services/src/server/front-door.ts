import type { RequestListener } from 'node:http';
import { injectFaults, type FaultSources } from './fault-injection.js';
import { noFaults, parseFaults, type FaultSettings } from './fault-settings.js';
import { RequestJournal } from './request-journal.js';

/** Paths by which a service is controlled: never recorded, never faulty. */
const controlPaths = new Set(['/health', '/__faults', '/__requests']);

/** Below this are the switches that only some services have. */
const switchPrefix = '/__faults/';

/** What stands in front of a service's own code: the journal of its requests and its fault switch. */
export class FrontDoor {
  readonly journal = new RequestJournal();
  private settings = noFaults;

  constructor(
    private readonly sources: FaultSources,
    private readonly report: (error: unknown) => void,
  ) {}

  get faults(): FaultSettings {
    return this.settings;
  }

  /** Replaces the faults; what is not named behaves. Throws `InvalidFaultsError`. */
  replaceFaults(input: unknown): void {
    this.settings = parseFaults(input);
  }

  /** Changes the named faults and keeps the others. Throws `InvalidFaultsError`. */
  patchFaults(patch: Partial<FaultSettings>): void {
    this.settings = parseFaults(patch, this.settings);
  }

  clearFaults(): void {
    this.settings = noFaults;
  }

  /** The listener for the service's HTTP server. */
  before(handle: RequestListener): RequestListener {
    return (request, response) => {
      const [path = ''] = (request.url ?? '').split('?', 1);
      if (controlPaths.has(path) || path.startsWith(switchPrefix)) return handle(request, response);
      this.journal.record(request, response);
      if (this.settings === noFaults) return handle(request, response);
      return injectFaults(this.settings, this.sources, this.journal, handle, request, response).catch((error: unknown) => {
        this.report(error);
        response.destroy();
      });
    };
  }
}

import type { TSchema } from 'typebox';
import { InvalidFaultsError } from './fault-settings.js';
import { HttpError } from './http-error.js';
import type { ServiceApp } from './service-app.js';

/** Faults that can be replaced and cleared from outside. */
export interface FaultSwitch {
  readonly faults: object;
  /** Throws `InvalidFaultsError`. */
  replaceFaults(input: unknown): void;
  clearFaults(): void;
}

/** Adds a switch at `path`: read it, replace it as a whole, clear it. Faults that cannot be used are answered 400 with everything that is wrong with them. */
export function addFaultSwitch(app: ServiceApp, path: string, schema: TSchema, target: FaultSwitch, config: object = {}): void {
  const options = { config, schema: { tags: ['control'], response: { 200: schema } } };
  app.get(path, options, () => target.faults);
  app.put(path, options, (request) => {
    try {
      target.replaceFaults(request.body);
    } catch (error) {
      if (error instanceof InvalidFaultsError) throw new HttpError(400, { error: 'bad request', faults: error.faults });
      throw error;
    }
    return target.faults;
  });
  app.delete(path, options, () => {
    target.clearFaults();
    return target.faults;
  });
}

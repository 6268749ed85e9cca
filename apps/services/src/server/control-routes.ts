import Type from 'typebox';
import { FaultSettings, InvalidFaultsError } from './fault-settings.js';
import type { FrontDoor } from './front-door.js';
import { HttpError } from './http-error.js';
import type { ServiceApp } from './service-app.js';

/** Adds what every service answers beside its own API: health, contract, fault switch, journal. */
export function addControlRoutes(app: ServiceApp, door: FrontDoor): void {
  const config = { open: true };
  app.get('/health', { config, schema: { tags: ['control'], response: { 200: Type.Object({ status: Type.Literal('ok') }) } } }, () => ({ status: 'ok' }));
  app.get('/openapi.json', { config, schema: { hide: true } }, () => app.swagger());

  const faults = { config, schema: { tags: ['control'], response: { 200: FaultSettings } } };
  app.get('/__faults', faults, () => door.faults);
  app.put('/__faults', faults, (request) => {
    try {
      door.replaceFaults(request.body);
    } catch (error) {
      if (error instanceof InvalidFaultsError) throw new HttpError(400, { error: 'bad request', faults: error.faults });
      throw error;
    }
    return door.faults;
  });
  app.delete('/__faults', faults, () => {
    door.clearFaults();
    return door.faults;
  });

  app.get('/__requests', { config, schema: { tags: ['control'] } }, () => ({ items: door.journal.list() }));
  app.delete('/__requests', { config, schema: { tags: ['control'] } }, (_request, reply) => {
    door.journal.clear();
    return reply.code(204).send();
  });
}

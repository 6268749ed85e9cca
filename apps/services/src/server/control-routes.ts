import Type from 'typebox';
import { FaultSettings } from './fault-settings.js';
import { addFaultSwitch } from './fault-switch.js';
import type { FrontDoor } from './front-door.js';
import type { ServiceApp } from './service-app.js';

/** Adds what every service answers beside its own API: health, contract, fault switch, journal. */
export function addControlRoutes(app: ServiceApp, door: FrontDoor): void {
  const config = { open: true };
  app.get('/health', { config, schema: { tags: ['control'], response: { 200: Type.Object({ status: Type.Literal('ok') }) } } }, () => ({ status: 'ok' }));
  app.get('/openapi.json', { config, schema: { hide: true } }, () => app.swagger());

  addFaultSwitch(app, '/__faults', FaultSettings, door, config);

  app.get('/__requests', { config, schema: { tags: ['control'] } }, () => ({ items: door.journal.list() }));
  app.delete('/__requests', { config, schema: { tags: ['control'] } }, (_request, reply) => {
    door.journal.clear();
    return reply.code(204).send();
  });
}

import Type from 'typebox';
import { InvalidFaultsError } from '../server/fault-settings.js';
import { conflict, HttpError, notFound } from '../server/http-error.js';
import type { ServiceApp } from '../server/service-app.js';
import { IdentityFaults } from './identity-faults.js';
import type { IdentitySwitches } from './identity-switches.js';

const PublishQuery = Type.Object({ sign: Type.Boolean({ default: true, description: 'Whether the new key signs from now on.' }) });
const KeyParams = Type.Object({ kid: Type.String() });
const Key = Type.Object({ kid: Type.String(), signs: Type.Boolean() });

/** Adds the switches of the identity service beside the fault switch that every service has. */
export function addSwitches(app: ServiceApp, switches: IdentitySwitches): void {
  const faults = { schema: { tags: ['control'], response: { 200: IdentityFaults } } };
  app.get('/__faults/identity', faults, () => switches.faults);
  app.put('/__faults/identity', faults, (request) => {
    try {
      switches.replaceFaults(request.body);
    } catch (error) {
      if (error instanceof InvalidFaultsError) throw new HttpError(400, { error: 'bad request', faults: error.faults });
      throw error;
    }
    return switches.faults;
  });
  app.delete('/__faults/identity', faults, () => {
    switches.clearFaults();
    return switches.faults;
  });

  const list = { tags: ['control'], response: { 200: Type.Object({ items: Type.Array(Key) }) } };
  app.get('/__faults/identity/keys', { schema: list }, () => ({ items: switches.keys.kids.map((kid, index) => ({ kid, signs: index === 0 })) }));
  app.post('/__faults/identity/keys', { schema: { tags: ['control'], querystring: PublishQuery } }, async (request, reply) => {
    const { sign } = request.query;
    return reply.code(201).send({ kid: await switches.publishKey({ sign }), signs: sign });
  });
  app.delete('/__faults/identity/keys/:kid', { schema: { tags: ['control'], params: KeyParams } }, async (request, reply) => {
    const known = await switches.withdrawKey(request.params.kid).catch((error: unknown) => {
      throw error instanceof RangeError ? conflict(error.message) : error;
    });
    if (!known) throw notFound();
    return reply.code(204).send();
  });
}

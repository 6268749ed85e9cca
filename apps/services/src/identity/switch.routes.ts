import Type from 'typebox';
import { addFaultSwitch } from '../server/fault-switch.js';
import { conflict, notFound } from '../server/http-error.js';
import type { ServiceApp } from '../server/service-app.js';
import { IdentityFaults } from './identity-faults.js';
import type { IdentitySwitches } from './identity-switches.js';

const PublishQuery = Type.Object({ sign: Type.Boolean({ default: true, description: 'Whether the new key signs from now on.' }) });
const KeyParams = Type.Object({ kid: Type.String() });
const Key = Type.Object({ kid: Type.String(), signs: Type.Boolean() });

/** Adds the switches of the identity service beside the fault switch that every service has. */
export function addSwitches(app: ServiceApp, switches: IdentitySwitches): void {
  addFaultSwitch(app, '/__faults/identity', IdentityFaults, switches);

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

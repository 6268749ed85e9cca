import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Hardening } from './hardening.js';
import { takeJson } from './take-json.js';

const key = 'hardening';

/** Closes what Fastify and Node leave open once the server is there: the formats of bodies, and answers that would leave past every hook. */
export function installHardening(fastify: FastifyInstance, hardening: Hardening): void {
  fastify.decorate(key, hardening);
  takeJson(fastify);
  // Node would answer an expectation that it does not know by itself; a server may leave it unmet (RFC 9110 10.1.1).
  (fastify.server as Server).on('checkExpectation', (incoming: IncomingMessage, response: ServerResponse) => fastify.routing(incoming, response));
}

/** The hardening of the gateway that a reply belongs to. */
export function hardeningOf(reply: FastifyReply): Hardening {
  return (reply.server as unknown as Record<typeof key, Hardening>)[key];
}

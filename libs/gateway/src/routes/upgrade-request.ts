import type { Duplex } from 'node:stream';
import { PorticoError, type Clock, type RequestContext, type ServiceAnswer } from '@portico/core';
import type { GatewayReply } from '../accept/gateway-request.js';
import { hardeningOf } from '../hardening/install-hardening.js';
import { forwardRequest } from './forward-request.js';
import { RouteAnswer } from './route-answer.js';
import type { RouteBinding } from './route-binding.js';
import { answerFields, writeAnswer } from './send-answer.js';
import type { ClientUpgrade } from './upgrade-mark.js';
import type { UpgradedConnections } from './upgraded-connections.js';

export interface UpgradeDependencies {
  readonly upgrade: ClientUpgrade;
  readonly webSockets: UpgradedConnections;
  readonly clock: Clock;
  /** Time after which a client is cut off that takes nothing of an answer other than 101, in ms. */
  readonly stallTimeoutMs: number;
}

/**
 * Steps 6 and 8 for a request that asks for a WebSocket: asks the service for it, and joins both connections when it agrees.
 * An answer other than 101 is passed on, and the connection then closed.
 */
export async function upgradeRequest(context: RequestContext, binding: RouteBinding, reply: GatewayReply, { upgrade, webSockets, clock, stallTimeoutMs }: UpgradeDependencies): Promise<void> {
  if (webSockets.stopping) throw new PorticoError('GATEWAY_STOPPING');
  let service: Duplex | undefined;
  try {
    const answer = await forwardRequest(context, binding, clock, (socket) => {
      // A policy that asks twice has one connection too many.
      service?.destroy();
      service = socket;
    });
    if (binding.pipeline.hasOutbound) await binding.pipeline.outbound(context, new RouteAnswer(answer));
    if (answer.status !== 101) {
      service?.destroy();
      return writeAnswer(context, reply, answer, stallTimeoutMs);
    }
    if (service === undefined) throw new PorticoError('INTERNAL', { cause: new Error('A policy answered with 101 instead of a service') });
    accept(context, reply, answer, upgrade);
    webSockets.join(upgrade.socket, service, binding.definition.idleTimeoutMs);
  } catch (error) {
    service?.destroy();
    throw error;
  }
}

function accept(context: RequestContext, reply: GatewayReply, { headers }: ServiceAnswer, upgrade: ClientUpgrade): void {
  // What has no body has no length either (RFC 9110 8.6).
  headers.delete('content-length');
  const fields = answerFields(context, headers);
  hardeningOf(reply).completeFields(context, fields);
  void reply.hijack();
  reply.raw.writeHead(101, [...fields, 'connection', 'Upgrade', 'upgrade', 'websocket']);
  reply.raw.end();
  upgrade.accept();
}

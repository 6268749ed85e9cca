import type { IncomingMessage } from 'node:http';
import { isPorticoError, PorticoError } from '@portico/core';
import type { GatewayRequest } from '../accept/gateway-request.js';
import type { HubRoute } from '../hubs/install-hubs.js';
import { RoutedRequest } from './routed-request.js';
import { upgradeOf } from './upgrade-mark.js';
import { isSameHost } from './upgrade-origin.js';

/** The one version of the protocol (RFC 6455 4.1). */
const version = '13';

/** 16 bytes in Base64 (RFC 6455 4.1). */
const keyPattern = /^[A-Za-z0-9+/]{22}==$/;

/**
 * Refuses what asks for a WebSocket that it cannot have, before any policy runs; an ordinary request passes.
 * An address that nothing is bound to is left to be answered as such.
 * @throws PorticoError UPGRADE_REFUSED or ORIGIN_FORBIDDEN
 */
export function checkUpgrade(request: GatewayRequest): void {
  if (upgradeOf(request.raw) === undefined) return;
  const { routed } = request;
  if (request.is404 || isPorticoError(routed)) return;
  const definition = routed instanceof RoutedRequest ? routed.binding.definition : undefined;
  const { hub } = request.routeOptions.config as { hub?: HubRoute };
  const carrier = hub?.kind === 'connection';
  if (!carrier && !definition?.websocket) throw new PorticoError('UPGRADE_REFUSED', { detail: 'There is no WebSocket at this address.' });
  const fault = handshakeFault(request.raw);
  if (fault !== undefined) throw new PorticoError('UPGRADE_REFUSED', { detail: fault, headers: { 'sec-websocket-version': version } });
  const { origin } = request.raw.headers;
  // A hub looks at the origin of all its requests; here it does before a client that has not negotiated is asked who it is.
  if (carrier && !hub.host.origins.allows(origin, request.host)) throw new PorticoError('ORIGIN_FORBIDDEN');
  if (definition && origin !== undefined && !takes(definition.origins, origin, request.host)) throw new PorticoError('ORIGIN_FORBIDDEN');
}

/** What a handshake lacks (RFC 6455 4.2.1). A body would be taken for messages by the one and for a body by the other side. */
function handshakeFault({ method, httpVersion, headers }: IncomingMessage): string | undefined {
  if (method !== 'GET' || httpVersion !== '1.1') return 'A WebSocket begins with a GET of HTTP/1.1.';
  if (headers['sec-websocket-version'] !== version) return `Only version ${version} of the protocol is spoken.`;
  if (!keyPattern.test(headers['sec-websocket-key'] ?? '')) return 'Sec-WebSocket-Key is no key.';
  if (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0') return 'A WebSocket does not begin with a body.';
  return undefined;
}

function takes(origins: readonly string[], origin: string, host: string): boolean {
  if (origins.length === 0) return isSameHost(origin, host);
  return origins.includes('*') || origins.includes(origin);
}

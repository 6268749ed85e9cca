import type { buildConnector } from 'undici';
import connectorOf from 'undici/lib/core/connect.js';

/**
 * Connects to what speaks HTTP/2, and to nothing else: over TLS the other side has to choose it (ALPN, RFC 9113 3.2), without TLS it is known to speak it (3.3).
 * A connection to anything else fails before a request is sent.
 */
export function onlyHttp2(options: { readonly timeout: number; readonly rejectUnauthorized?: boolean; readonly ca?: string }): buildConnector.connector {
  const connect = connectorOf({ ...options, allowH2: true, useH2c: true });
  return (target, callback) =>
    connect(target, (...[error, socket]: [Error, null] | [null, Parameters<buildConnector.Callback>[1] & object]) => {
      if (error) return callback(error, null);
      if ('alpnProtocol' in socket && socket.alpnProtocol === 'h2') return callback(null, socket);
      socket.destroy();
      callback(new Error(`${target.hostname}:${target.port} does not speak HTTP/2`), null);
    });
}

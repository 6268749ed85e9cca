import type { Server } from 'node:http';
import type { FastifyHttpOptions } from 'fastify';
import type { PipelineHooks } from './accept/install-pipeline.js';
import type { GatewayConfig } from './gateway.config.js';
import { clientErrorAnswer, type ClientErrorDependencies } from './problems/client-error.js';
import { frameworkErrorAnswer } from './problems/framework-error.js';
import { noSchemaCompilers } from './schema-compilers.js';

/** How often Node looks for requests that are too slow, at most, in ms: its own default of 30 s would let each of them take that much longer. */
const longestCheckMs = 1_000;

/** Fastify's options for a gateway: what Fastify leaves open by default is closed here. */
export function httpServerOptions({ http }: Pick<GatewayConfig, 'http'>, accept: PipelineHooks & ClientErrorDependencies): FastifyHttpOptions<Server> {
  return {
    logger: false,
    schemaController: noSchemaCompilers,
    trustProxy: http.trustedProxies.length > 0 ? http.trustedProxies : false,
    bodyLimit: http.maxBodyBytes,
    requestTimeout: http.requestTimeoutMs,
    http: {
      // Here too, for Node derives the time for a header from it only when the server is made; with its default of 60 s the two would change places.
      requestTimeout: http.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(longestCheckMs, http.requestTimeoutMs),
      // Node would answer what lacks a Host itself, past everything that counts, logs and hardens; `requestFault` refuses it.
      requireHostHeader: false,
    },
    // Requests that reach a stopping instance over a kept connection are still served; the connection then closes.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    frameworkErrors: frameworkErrorAnswer(accept),
    clientErrorHandler: clientErrorAnswer(accept),
  };
}

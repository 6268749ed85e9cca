import type { FastifyServerOptions } from 'fastify';
import type { GatewayConfig } from './gateway.config.js';
import { answerClientError } from './problems/client-error.js';
import { answerFrameworkError } from './problems/framework-error.js';

/** Fastify's options for a gateway: what Fastify leaves open by default is closed here. */
export function httpServerOptions(config: GatewayConfig): FastifyServerOptions {
  return {
    logger: false,
    trustProxy: config.http.trustedProxies.length > 0 ? config.http.trustedProxies : false,
    bodyLimit: config.http.maxBodyBytes,
    requestTimeout: config.http.requestTimeoutMs,
    // Requests that reach a stopping instance over a kept connection are still served; the connection then closes.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  };
}

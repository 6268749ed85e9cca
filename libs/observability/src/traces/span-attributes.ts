import type { Attributes } from '@opentelemetry/api';
import type { AttemptOutcome, RequestContext } from '@portico/core';
import { requestPath } from '../request-path.js';

const knownMethods = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE', 'QUERY']);

/** The method as OpenTelemetry's HTTP conventions write it: unknown ones are `_OTHER`. */
export function methodAttribute(method: string): string {
  return knownMethods.has(method) ? method : '_OTHER';
}

/** Attributes of a request's server span that are known when it starts. */
export function requestAttributes(context: RequestContext): Attributes {
  const { endpoint } = context;
  return {
    'http.request.method': methodAttribute(context.method),
    'url.path': requestPath(context.url),
    ...(endpoint.path === '' ? {} : { 'http.route': endpoint.path }),
    'portico.correlation_id': context.id,
  };
}

/** Name of an attempt's client span: method and path as the endpoint has them, never a path with values in it. */
export function attemptName({ service, method, template }: AttemptOutcome): string {
  return method === undefined ? service : template === undefined ? methodAttribute(method) : `${methodAttribute(method)} ${template}`;
}

/** Attributes of an attempt's client span. */
export function attemptAttributes({ service, method, template, instance, attempt, status }: AttemptOutcome): Attributes {
  return {
    ...(method === undefined ? {} : { 'http.request.method': methodAttribute(method) }),
    ...(template === undefined ? {} : { 'url.template': template }),
    'portico.service': service,
    ...addressAttributes(instance),
    ...(status > 0 ? { 'http.response.status_code': status } : {}),
    ...(attempt > 1 ? { 'http.request.resend_count': attempt - 1 } : {}),
  };
}

function addressAttributes(instance: string): Attributes {
  const text = instance.includes('://') ? instance : `http://${instance}`;
  if (!URL.canParse(text)) return { 'server.address': instance };
  const url = new URL(text);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { 'server.address': url.hostname, 'server.port': port };
}

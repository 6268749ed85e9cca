import { Cancellation, type Cancellable, PorticoError, type RequestContext } from '@portico/core';
import { AxiosError, AxiosHeaders, type AxiosAdapter, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { BackendClient } from './backend-client.js';
import type { Exchange } from './exchange.js';
import type { RawAnswer } from './http-attempt.js';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** The request on whose behalf the call is made: passes correlation, trace, deadline and cancellation on. */
    context?: RequestContext;
  }
}

const repeatableMethods = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);

/** Time for a call that names neither a timeout nor a context. */
const defaultTimeoutMs = 3_000;

/**
 * Lets axios, and so `@nestjs/axios`' HttpService, call through the same client as everything else: a URL whose host is a
 * configured service (`http://catalog/products/p-1`) is balanced over its instances; any other origin has a stack of its own.
 * Redirects are not followed.
 */
export function createAxiosAdapter(client: BackendClient): AxiosAdapter {
  return async (config) => {
    const url = new URL(config.url ?? '', config.baseURL);
    for (const [name, value] of Object.entries((config.params ?? {}) as Record<string, unknown>)) url.searchParams.append(name, String(value));
    const runtime = client.names.includes(url.hostname) ? client.service(url.hostname) : client.origin(url.origin);
    const cancellation = new Cancellation();
    const release = followSignals(config, cancellation);
    const method = (config.method ?? 'get').toUpperCase();
    try {
      const answer = await runtime.send(exchangeOf(config, method, url), {
        dueAt: client.clock.now() + Math.min(config.timeout || defaultTimeoutMs, config.context?.deadline.remainingMs() ?? Infinity),
        repeatable: repeatableMethods.has(method),
        cancellation,
      });
      return settle(config, answer);
    } catch (error) {
      throw error instanceof AxiosError ? error : AxiosError.from(error as Error, axiosCode(error), config);
    } finally {
      release();
    }
  };
}

function exchangeOf(config: InternalAxiosRequestConfig, method: string, url: URL): Exchange {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(config.headers.toJSON())) if (value != null) headers[name.toLowerCase()] = String(value);
  return {
    method,
    path: url.pathname + url.search,
    body: config.data as string | Buffer | undefined,
    headers,
    refusals: {},
    anyStatus: true,
    context: config.context,
    instance: undefined,
  };
}

function settle(config: InternalAxiosRequestConfig, answer: RawAnswer): AxiosResponse {
  const response: AxiosResponse = {
    data: config.responseType === 'arraybuffer' ? answer.body : answer.body.toString('utf8'),
    status: answer.status,
    statusText: '',
    headers: AxiosHeaders.from(answer.headers as Record<string, string>),
    config,
    request: undefined,
  };
  if (!config.validateStatus || config.validateStatus(answer.status)) return response;
  const code = answer.status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE;
  throw new AxiosError(`Request failed with status code ${answer.status}`, code, config, undefined, response);
}

function axiosCode(error: unknown): string {
  if (!(error instanceof PorticoError)) return AxiosError.ERR_NETWORK;
  if (error.code === 'CLIENT_CLOSED') return AxiosError.ERR_CANCELED;
  return error.code === 'SERVICE_TIMEOUT' ? AxiosError.ETIMEDOUT : AxiosError.ERR_NETWORK;
}

/** Passes the caller's signal and the request's end on to the call. */
function followSignals(config: InternalAxiosRequestConfig, cancellation: Cancellable): () => void {
  const { signal, context } = config;
  const abort = (): void => cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
  context?.cancellation.add(cancellation);
  if (signal?.aborted) abort();
  else signal?.addEventListener?.('abort', abort);
  return () => {
    context?.cancellation.delete(cancellation);
    signal?.removeEventListener?.('abort', abort);
  };
}

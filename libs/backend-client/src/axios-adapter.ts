import { Cancellation, PorticoError, type CallSpan, type RequestContext } from '@portico/core';
import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import { axiosFailure, axiosResponse } from './axios-answer.js';
import { readAxiosRequest } from './axios-exchange.js';
import type { BackendClient } from './backend-client.js';
import { repeatableMethods } from './repeatable-methods.js';
import { RefusedAnswer } from './service-error.js';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** The request on whose behalf the call is made: passes correlation, trace, deadline and cancellation on. */
    context?: RequestContext;
    /** What the call hangs under in the trace; without it, under the request's own span. */
    span?: CallSpan | undefined;
  }
}

/** Time for a call that names neither a timeout nor a context. */
const defaultTimeoutMs = 3_000;

/**
 * Lets axios, and so `@nestjs/axios`' HttpService, call through the same client as everything else: a URL whose host is a
 * configured service (`http://catalog/products/p-1`) is balanced over its instances; any other origin has a stack of its own.
 * 429, 502, 503 and 504 are retried where that is safe before they are handed out; any other status is an answer at once.
 * Redirects are not followed. Fails with AxiosErrors: ETIMEDOUT, ERR_NETWORK, ERR_BAD_RESPONSE, ERR_CANCELED, or by status.
 */
export function createAxiosAdapter(client: BackendClient): AxiosAdapter {
  const names = new Set(client.names);
  return async (config) => {
    const cancellation = new Cancellation();
    const release = followSignals(config, cancellation);
    try {
      const { url, exchange } = readAxiosRequest(config);
      const runtime = names.has(url.hostname) ? client.service(url.hostname) : client.origin(url.origin);
      const leftMs = Math.min(config.timeout || defaultTimeoutMs, config.context?.deadline.remainingMs() ?? Infinity);
      const facts = { dueAt: client.clock.now() + leftMs, repeatable: repeatableMethods.has(exchange.method), cancellation };
      return axiosResponse(config, await runtime.send(exchange, facts));
    } catch (error) {
      if (error instanceof RefusedAnswer) return axiosResponse(config, error.answer);
      throw axiosFailure(config, error);
    } finally {
      release();
    }
  };
}

/** Passes the caller's signal or cancel token, and the request's end, on to the call. */
function followSignals(config: InternalAxiosRequestConfig, cancellation: Cancellation): () => void {
  const { signal, cancelToken, context } = config;
  const abort = (): void => cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
  context?.cancellation.add(cancellation);
  cancelToken?.subscribe(abort);
  if (signal?.aborted) abort();
  else signal?.addEventListener?.('abort', abort);
  return () => {
    context?.cancellation.delete(cancellation);
    cancelToken?.unsubscribe(abort);
    signal?.removeEventListener?.('abort', abort);
  };
}

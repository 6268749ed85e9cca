import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { isPorticoError, type ErrorCode } from '@portico/core';
import { AxiosError, AxiosHeaders, CanceledError, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import type { RawAnswer } from './http-attempt.js';

/**
 * An answer as axios hands it out, its data not yet transformed.
 * @throws AxiosError with the response when `validateStatus` does not take the status: ERR_BAD_REQUEST for 4xx, otherwise ERR_BAD_RESPONSE
 */
export function axiosResponse(config: InternalAxiosRequestConfig, answer: RawAnswer): AxiosResponse {
  const headers = AxiosHeaders.from(answer.fields.toObject() as Record<string, string>);
  // The body has been decoded.
  headers.delete('content-encoding');
  const { status } = answer;
  const response: AxiosResponse = { data: dataOf(config, answer.body), status, statusText: STATUS_CODES[status] ?? '', headers, config, request: undefined };
  if (!config.validateStatus || config.validateStatus(status)) return response;
  const code = status >= 400 && status < 500 ? AxiosError.ERR_BAD_REQUEST : AxiosError.ERR_BAD_RESPONSE;
  throw new AxiosError(`Request failed with status code ${status}`, code, config, undefined, response);
}

function dataOf(config: InternalAxiosRequestConfig, body: Buffer): unknown {
  if (config.responseType === 'arraybuffer') return body;
  if (config.responseType === 'stream') return Readable.from(body.length > 0 ? [body] : []);
  return body.toString((config.responseEncoding as BufferEncoding | undefined) ?? 'utf8');
}

const axiosCodes: Partial<Record<ErrorCode, string>> = {
  SERVICE_TIMEOUT: AxiosError.ETIMEDOUT,
  SERVICE_ANSWER_INVALID: AxiosError.ERR_BAD_RESPONSE,
  INTERNAL: AxiosError.ERR_BAD_REQUEST,
};

/** A failed call as axios reports it: CanceledError when it was given up, otherwise an AxiosError without a status; what failed stands in its cause. */
export function axiosFailure(config: InternalAxiosRequestConfig, error: unknown): AxiosError {
  if (error instanceof AxiosError) return error;
  const { message } = error as Error;
  const code = isPorticoError(error) ? error.code : undefined;
  const failure: AxiosError =
    code === 'CLIENT_CLOSED' ? new CanceledError(undefined, config) : new AxiosError(message, (code && axiosCodes[code]) ?? AxiosError.ERR_NETWORK, config);
  return Object.defineProperty(failure, 'cause', { value: error, configurable: true, writable: true });
}

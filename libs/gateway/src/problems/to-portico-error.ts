import { HttpException } from '@nestjs/common';
import { isPorticoError, PorticoError, type ErrorCode } from '@portico/core';

const byFastifyCode: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CONTENT_TYPE_UNSUPPORTED',
  FST_ERR_CTP_INVALID_JSON_BODY: 'REQUEST_MALFORMED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'REQUEST_MALFORMED',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'REQUEST_MALFORMED',
  FST_ERR_BAD_URL: 'REQUEST_MALFORMED',
  FST_ERR_MAX_PARAM_LENGTH: 'URL_TOO_LONG',
};

const byStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'REQUEST_INVALID',
  401: 'TOKEN_INVALID',
  403: 'OPERATION_FORBIDDEN',
  404: 'RESOURCE_NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  409: 'STATE_CONFLICT',
  410: 'RESOURCE_NOT_FOUND',
  412: 'STATE_CONFLICT',
  413: 'BODY_TOO_LARGE',
  414: 'URL_TOO_LONG',
  415: 'CONTENT_TYPE_UNSUPPORTED',
  429: 'LIMIT_EXCEEDED',
  431: 'HEADERS_TOO_LARGE',
};

/** The row of the error table that anything thrown stands for. The message of a Nest `HttpException` below 500 was written for the client and stays. */
export function toPorticoError(thrown: unknown): PorticoError {
  if (isPorticoError(thrown)) return thrown;
  if (thrown instanceof HttpException) return ofStatus(thrown.getStatus(), thrown.getResponse(), thrown);
  const { code, statusCode } = (thrown ?? {}) as { code?: string; statusCode?: number };
  const known = (code && byFastifyCode[code]) || (statusCode !== undefined && statusCode < 500 && byStatus[statusCode]);
  return new PorticoError(known || 'INTERNAL', { cause: thrown });
}

/**
 * The row of the error table for an HTTP status of 400 or more. A client may read what `response` says below 500: a text,
 * or the `message` of an object, which may be a list, as Nest's exceptions have it.
 */
export function ofStatus(status: number, response: unknown, cause: unknown): PorticoError {
  if (status >= 500) return new PorticoError('INTERNAL', { cause });
  return new PorticoError(byStatus[status] ?? 'REQUEST_INVALID', { detail: textOf(response), headers: status === 429 ? { 'retry-after': '1' } : undefined, cause });
}

function textOf(response: unknown): string | undefined {
  if (typeof response === 'string') return response || undefined;
  const { message } = (response ?? {}) as { message?: unknown };
  const lines = [message].flat().filter((line): line is string => typeof line === 'string' && line !== '');
  return lines.length > 0 ? lines.join('; ') : undefined;
}

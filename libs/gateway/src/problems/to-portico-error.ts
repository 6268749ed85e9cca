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
  408: 'REQUEST_TIMEOUT',
  409: 'STATE_CONFLICT',
  413: 'BODY_TOO_LARGE',
  414: 'URL_TOO_LONG',
  415: 'CONTENT_TYPE_UNSUPPORTED',
  429: 'LIMIT_EXCEEDED',
  431: 'HEADERS_TOO_LARGE',
};

/** The row of the error table that anything thrown stands for. The message of a Nest `HttpException` below 500 was written for the client and stays. */
export function toPorticoError(thrown: unknown): PorticoError {
  if (isPorticoError(thrown)) return thrown;
  if (thrown instanceof HttpException) {
    const status = thrown.getStatus();
    if (status >= 500) return new PorticoError('INTERNAL', { cause: thrown });
    return new PorticoError(byStatus[status] ?? 'REQUEST_INVALID', { detail: thrown.message, cause: thrown });
  }
  const { code, statusCode } = (thrown ?? {}) as { code?: string; statusCode?: number };
  const known = (code && byFastifyCode[code]) || (statusCode !== undefined && statusCode < 500 && byStatus[statusCode]);
  return new PorticoError(known || 'INTERNAL', { cause: thrown });
}

import axios, { AxiosError, type InternalAxiosRequestConfig } from 'axios';
import type { Exchange } from './exchange.js';

/** An axios request as an exchange, and where it goes. */
export interface AxiosExchange {
  readonly url: URL;
  readonly exchange: Exchange;
}

/**
 * Reads an axios request: its URL put together, its parameters written and its body taken as axios itself would.
 * @throws AxiosError ERR_INVALID_URL for an address that is none of http or https, ERR_NOT_SUPPORT for a body that streams
 */
export function readAxiosRequest(config: InternalAxiosRequestConfig): AxiosExchange {
  const text = axios.getUri(config);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new AxiosError('The address is no http or https URL', AxiosError.ERR_INVALID_URL, config);
  const body = bodyOf(config);
  const exchange: Exchange = {
    method: (config.method ?? 'get').toUpperCase(),
    path: url.pathname + url.search,
    body,
    headers: headersOf(config, url, body !== undefined),
    refusals: {},
    anyStatus: true,
    forEveryone: false,
    authorization: undefined,
    unauthorized: false,
    context: config.context,
    template: undefined,
    span: config.span,
    instance: undefined,
  };
  return { url, exchange };
}

function bodyOf(config: InternalAxiosRequestConfig): string | Buffer | undefined {
  const data: unknown = config.data;
  if (data === undefined || data === null) return undefined;
  if (typeof data === 'string' || Buffer.isBuffer(data)) return data;
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  throw new AxiosError('A body must be text or bytes: one that streams could not be sent twice', AxiosError.ERR_NOT_SUPPORT, config);
}

function headersOf(config: InternalAxiosRequestConfig, url: URL, hasBody: boolean): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(config.headers.toJSON())) if (value != null) headers[name.toLowerCase()] = String(value);
  // The length is counted from the body that is sent.
  delete headers['content-length'];
  if (!hasBody) delete headers['content-type'];
  const { username, password } = config.auth ?? { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  if (username || password) headers['authorization'] = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return headers;
}

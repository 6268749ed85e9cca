import { PorticoError } from '@portico/core';

const scheme = 'ApiKey';
const field = 'www-authenticate';
const keyOnly = Object.freeze({ [field]: scheme });
const tokenAndKey = Object.freeze({ [field]: `Bearer, ${scheme}` });

/** 401 for a request without the key that it needs; with the challenge for a token beside it where that is missing, too (RFC 9110 11.6.1). */
export function apiKeyMissing(tokenToo: boolean): PorticoError {
  return new PorticoError('API_KEY_MISSING', { headers: tokenToo ? tokenAndKey : keyOnly });
}

/** 401 for a key that is not accepted. The reason goes to the log only: it would tell a thief which keys were good once. */
export function apiKeyInvalid(cause: unknown): PorticoError {
  return new PorticoError('API_KEY_INVALID', { headers: keyOnly, cause });
}

/** 401 for a key in an address, where logs, histories and the next server would read it. */
export function apiKeyInAddress(): PorticoError {
  return new PorticoError('API_KEY_INVALID', { headers: keyOnly, detail: 'A key is sent in a header field, never in the address.' });
}

/** 429 for keys from an address with too many wrong ones. @param waitMs how long that lasts */
export function apiKeyFailuresExceeded(waitMs: number): PorticoError {
  return new PorticoError('LIMIT_EXCEEDED', { headers: { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))) }, detail: 'Too many wrong API keys came from your address.' });
}

/** The same error, with the challenge for a key added to that for a token; undefined where there is nothing to add. */
export function withKeyChallenge(error: PorticoError): PorticoError | undefined {
  const { code, status, detail, faults, headers, cause } = error;
  const given = headers?.[field];
  if (status !== 401 || !given?.startsWith('Bearer') || given.endsWith(`, ${scheme}`)) return undefined;
  return new PorticoError(code, { status, detail, faults, cause, headers: { ...headers, [field]: `${given}, ${scheme}` } });
}

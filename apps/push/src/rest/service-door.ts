import type { IncomingMessage } from 'node:http';
import { PorticoError } from '@portico/core';
import type { PushTokens } from '../push-tokens.js';

const bearer = /^bearer +([\w.-]+)$/i;

/**
 * Lets a service in by its token, which is good for the very address that it asks.
 * @throws PorticoError `TOKEN_MISSING`, `TOKEN_INVALID`
 */
export function letServiceIn({ headers, url = '' }: IncomingMessage, tokens: PushTokens): void {
  const { authorization } = headers;
  if (authorization === undefined) throw new PorticoError('TOKEN_MISSING', { headers: { 'www-authenticate': 'Bearer' } });
  const [, token] = bearer.exec(authorization) ?? [];
  const [path = ''] = url.split('?');
  if (token !== undefined && tokens.isServices(token, path)) return;
  throw new PorticoError('TOKEN_INVALID', { detail: 'Its signature, its end or its audience is wrong: that must be the address without its query.', headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
}

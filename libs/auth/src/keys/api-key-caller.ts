import type { Caller } from '@portico/core';
import type { ApiKeyRecord } from './api-key-record.js';

const refuse = () => {
  throw new TypeError('The scopes of a caller are read-only');
};

/**
 * The client application that a key stands for, deeply frozen: requests with the same key share it. Never a user.
 * Both keys of a partner are one caller: a rotation empties no quota. It is another one than the same client with a token, who may do other things.
 * Its claims are `client_id`, `partner` (the name), `api_key_id` and `scope`.
 */
export function apiKeyCaller({ id, partner: { name, clientId }, scopes }: ApiKeyRecord): Caller {
  return Object.freeze<Caller>({
    kind: 'client',
    id: clientId,
    clientId,
    scopes: Object.freeze(Object.assign(new Set(scopes), { add: refuse, delete: refuse, clear: refuse })),
    claims: Object.freeze({ client_id: clientId, partner: name, api_key_id: id, scope: scopes.join(' ') }),
    key: `api-key:${clientId.length}:${clientId}:${clientId}`,
  });
}

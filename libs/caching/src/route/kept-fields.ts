import type { HeaderList } from '@portico/core';

type Fields = readonly (readonly [name: string, value: string])[];

// RFC 9111 3.1, and cookies: they are for one client.
const neverKept = new Set([
  'connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authentication-info', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade',
  'set-cookie', 'set-cookie2', 'age', 'content-length',
]);

// RFC 9111 3.2: a 304 says nothing about the body that is kept.
const ofBody = new Set(['content-encoding', 'content-type', 'content-range']);

/** The header fields of an answer that are kept. The length is written anew for whoever gets the body. */
export function keptFields(headers: HeaderList): Fields {
  const named = new Set(headers.get('connection')?.split(',').map((name) => name.trim().toLowerCase()));
  return [...headers].filter(([name]) => !neverKept.has(name) && !named.has(name)).map(([name, value]) => Object.freeze([name, value] as const));
}

/** The kept fields, with those of a 304 in place of the older ones (RFC 9111 3.2). */
export function updatedFields(kept: Fields, news: HeaderList): Fields {
  const newer = keptFields(news).filter(([name]) => !ofBody.has(name));
  const names = new Set(newer.map(([name]) => name));
  return [...kept.filter(([name]) => !names.has(name)), ...newer];
}

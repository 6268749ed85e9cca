import { PorticoError, type ForwardRequest } from '@portico/core';
import { removeParameter, setParameter } from '../values/query-text.js';
import { askedQuery, digestOf, objectOf, type AskedQuery } from './asked-query.js';
import { invalidQuery } from './invalid-query.js';
import { jsonItems } from './json-pieces.js';
import { readBody } from './read-body.js';

/** The queries that a request asks, and how to send others in their place. */
export interface GraphqlRequest {
  readonly queries: readonly AskedQuery[];
  readonly batch: boolean;
  /** Changes what is sent so that it asks `texts`, one for each query, in their full length. */
  replace(texts: readonly string[]): void;
}

const inQuery = ['query', 'operationName', 'variables', 'extensions'];
const jsonTypes = new Set(['application/json', 'application/graphql+json']);

/**
 * Reads a GraphQL request over HTTP: GET with its query in the address, POST with JSON (one query or a list) or with bare `application/graphql`.
 * What could be read in two ways is refused, for a service might read it the other way.
 * @throws PorticoError REQUEST_INVALID, METHOD_NOT_ALLOWED, CONTENT_TYPE_UNSUPPORTED, BODY_TOO_LARGE
 */
export async function readGraphqlRequest(request: ForwardRequest, maxBodyBytes: number): Promise<GraphqlRequest> {
  const inAddress = new URLSearchParams(request.query);
  if (request.method === 'GET' || request.method === 'HEAD') return readAddress(request, inAddress);
  if (request.method !== 'POST') throw new PorticoError('METHOD_NOT_ALLOWED', { headers: { allow: 'GET, HEAD, POST' } });
  const stray = inQuery.find((name) => inAddress.has(name));
  if (stray) throw invalidQuery({ path: `query.${stray}`, message: 'does not belong into the address of a POST' });
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';').map((part) => part.trim());
  const coding = request.headers.get('content-encoding') ?? 'identity';
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length).replaceAll('"', '') ?? 'utf-8';
  if (coding !== 'identity' || charset !== 'utf-8' || !(jsonTypes.has(type) || type === 'application/graphql')) throw new PorticoError('CONTENT_TYPE_UNSUPPORTED');
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw new PorticoError('BODY_TOO_LARGE');
  const bytes = await readBody(request.body, maxBodyBytes);
  setBody(request, bytes);
  const text = textOf(bytes);
  return type === 'application/graphql' ? readBare(request, text) : readJson(request, text);
}

function readAddress(request: ForwardRequest, parameters: URLSearchParams): GraphqlRequest {
  if (request.body !== undefined) throw invalidQuery({ path: 'body', message: 'does not belong to a GET' });
  for (const name of inQuery) if (parameters.getAll(name).length > 1) throw invalidQuery({ path: `query.${name}`, message: 'stands there twice' });
  const extensions = objectOf(parsed(parameters.get('extensions') ?? 'null', 'query.extensions'), 'query.extensions');
  const query: AskedQuery = { path: 'query', text: parameters.get('query') ?? undefined, digest: digestOf(extensions, 'query'), write: (text) => text };
  return {
    queries: [query],
    batch: false,
    replace([text = '']) {
      const { persistedQuery: _, ...others } = extensions ?? {};
      const rest = Object.keys(others).length > 0 ? setParameter(request.query, 'extensions', `extensions=${encodeURIComponent(JSON.stringify(others))}`) : removeParameter(request.query, 'extensions');
      request.query = setParameter(rest, 'query', `query=${encodeURIComponent(text)}`);
    },
  };
}

function readBare(request: ForwardRequest, text: string): GraphqlRequest {
  return { queries: [{ path: 'body', text, digest: undefined, write: (query) => query }], batch: false, replace: ([query = '']) => setBody(request, Buffer.from(query)) };
}

function readJson(request: ForwardRequest, text: string): GraphqlRequest {
  const value = parsed(text, 'body');
  const batch = Array.isArray(value);
  const items: readonly unknown[] = batch ? value : [value];
  items.forEach((item, index) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw invalidQuery({ path: batch ? `body[${index}]` : 'body', message: 'must be an object' });
  });
  const queries = batch ? jsonItems(text).map((item, index) => askedQuery(item, `body[${index}]`)) : [askedQuery(text, 'body')];
  return {
    queries,
    batch,
    replace(texts) {
      const written = queries.map((query, index) => query.write(texts[index] as string));
      setBody(request, Buffer.from(batch ? `[${written.join(',')}]` : (written[0] as string)));
    },
  };
}

function setBody(request: ForwardRequest, bytes: Buffer): void {
  request.body = bytes;
  request.headers.set('content-length', String(bytes.length));
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidQuery({ path, message: 'must be JSON' });
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new PorticoError('REQUEST_MALFORMED', { detail: 'The body is not UTF-8.', cause });
  }
}

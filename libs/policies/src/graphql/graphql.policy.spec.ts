import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { HeaderList, type ForwardRequest } from '@portico/core';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, describe, expect, it } from 'vitest';
import { faultsOf, forward, operation, resolve, route, routeContext, serviceAnswer } from '../../test/fixtures.js';
import { policyOptions } from '../configured/policy-options.js';
import { graphql, graphqlKey } from './graphql.policy.js';
import { GraphqlOptions } from './graphql.options.js';
import { digestOfText } from './persisted-queries.js';

const compile = (options: object = {}, of = route) => graphql().compile(of({ [graphqlKey]: policyOptions(GraphqlOptions, options) }), resolve);

function post(body: unknown, headers: Record<string, string> = {}, query = ''): ForwardRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = Buffer.from(text);
  const parts = bytes.length > 4 ? [bytes.subarray(0, 3), bytes.subarray(3)] : [bytes];
  return forward({ method: 'POST', query, body: Readable.from(parts), headers: new HeaderList(Object.entries({ 'content-type': 'application/json', ...headers })) });
}

const get = (parameters: string): ForwardRequest => forward({ method: 'GET', query: parameters });

async function pass(request: ForwardRequest, options?: object) {
  let sent: { body: string; query: string; length: string | undefined } | undefined;
  const answer = await compile(options)?.backend?.(routeContext(request), request, () => {
    sent = { body: String(request.body ?? ''), query: request.query, length: request.headers.get('content-length') };
    return Promise.resolve(serviceAnswer());
  });
  return { answer, sent };
}

const refusal = (request: ForwardRequest, options?: object): Promise<unknown> =>
  pass(request, options).then(
    () => 'passed',
    (error: { code: string; faults?: { path: string; message: string }[] }) => [error.code, ...(error.faults ?? []).map(({ path, message }) => `${path}: ${message}`)],
  );

const digest = (query: string) => ({ persistedQuery: { version: 1, sha256Hash: digestOfText(query) } });
const known = '{known{id}}';
const persistedQueries = { [digestOfText(known)]: known };
const circle = '{...F} fragment F on T{a{...G}} fragment G on T{b{...F}}';
const bomb = `{...F0} ${Array.from({ length: 60 }, (_, index) => `fragment F${index} on T{...F${index + 1} ...F${index + 1}}`).join(' ')} fragment F60 on T{x:a}`;

describe('graphql()', () => {
  it('has nothing to do without options, and for operations', () => {
    expect(graphql().compile(route(), resolve)).toBeUndefined();
    expect(compile({}, operation)).toBeUndefined();
  });

  it('passes a request on as it was written', async () => {
    const body = '{ "query":"{a{b}}", "variables":{"id":12345678901234567890}, "extra" : 1.50 }';
    const { answer, sent } = await pass(post(body));
    expect(answer?.status).toBe(200);
    expect(sent).toEqual({ body, query: '', length: String(Buffer.byteLength(body)) });
  });

  it.each([
    ['a GET', get('query=%7Ba%7D&variables={}')],
    ['a list', post([{ query: '{a}' }, { query: '{b}' }])],
    ['bare GraphQL', post('{a}', { 'content-type': 'application/graphql' })],
    ['UTF-8 in capitals and quotes', post({ query: '{a}' }, { 'content-type': 'Application/JSON; Charset="UTF-8"' })],
    ['nulls', post({ query: '{a}', variables: null, operationName: null, extensions: null })],
    ['a mutation by POST', post({ query: 'mutation {a}' })],
    ['__typename', post({ query: '{__typename a{__typename}}' })],
    ['bytes that another policy has read', forward({ method: 'POST', body: Buffer.from('{"query":"{a}"}'), headers: new HeaderList([['content-type', 'application/json']]) })],
  ])('passes %s on', async (_, request) => {
    expect(await refusal(request)).toBe('passed');
  });

  it.each<[string, string, object, string]>([
    ['nests too deep', '{a{b{c}}}', { maxDepth: 2 }, 'nests fields 3 deep; 2 levels are allowed'],
    ['nests too deep by fragments', '{...F} fragment F on T{a{...G}} fragment G on T{b{c}}', { maxDepth: 2 }, 'nests fields 3 deep; 2 levels are allowed'],
    ['nests too deep in an operation that is not chosen', 'query A{a} query B{a{b{c}}}', { maxDepth: 2 }, 'nests fields 3 deep; 2 levels are allowed'],
    ['asks for too much', '{a b c}', { maxComplexity: 2 }, 'asks for 3 fields; 2 are allowed'],
    ['has too many aliases', '{x:a y:a z:a}', { maxAliases: 2 }, 'has 3 aliases; 2 are allowed'],
    ['asks for the schema', '{__schema{types{name}}}', {}, 'asks for the schema, which is not shown'],
    ['hides that in a fragment', '{...F} fragment F on Query{x:__type(name:"A"){name}}', {}, 'asks for the schema, which is not shown'],
    ['asks too deep into the schema', `{__schema{types{fields{type${'{ofType'.repeat(20)}{name}${'}'.repeat(20)}}}}}`, { introspection: 'allow' }, 'asks too deep into the schema'],
    ['spreads fragments in a circle', circle, {}, 'has fragments that spread each other in a circle'],
    ['is no GraphQL', '{a', {}, 'Syntax Error: Expected Name, found <EOF>.'],
  ])('refuses a query that %s', async (_, query, options, message) => {
    expect(await refusal(post({ query }), options)).toEqual(['REQUEST_INVALID', `body.query: ${message}`]);
    expect(await refusal(get(`query=${encodeURIComponent(query)}`), options)).toEqual(['REQUEST_INVALID', `query.query: ${message}`]);
  });

  it('refuses fragments that multiply, without counting them one by one', async () => {
    expect(await refusal(post({ query: bomb }))).toEqual(['REQUEST_INVALID', 'body.query: has more than a million aliases; 30 are allowed', 'body.query: asks for more than a million fields; 1000 are allowed']);
  });

  it('lets tools ask for the schema where that is allowed', async () => {
    expect(await refusal(post({ query: getIntrospectionQuery() }), { introspection: 'allow' })).toBe('passed');
  });

  it.each<[string, unknown, object, string]>([
    ['more queries than allowed', [{ query: '{a}' }, { query: '{b}' }, { query: '{c}' }], { maxBatch: 2 }, 'body: must hold at most 2 queries'],
    ['a list where only one query is allowed', [{ query: '{a}' }], { maxBatch: 1 }, 'body: must be one query, not a list'],
    ['no query', [], {}, 'body: must hold a query'],
    ['queries that ask for too much together', [{ query: '{a b}' }, { query: '{c d}' }], { maxComplexity: 3 }, 'body: asks for 4 fields; 3 are allowed'],
    ['one bad query among good ones', [{ query: '{a}' }, { query: '{a{b{c}}}' }], { maxDepth: 2 }, 'body[1].query: nests fields 3 deep; 2 levels are allowed'],
    ['what is no object', [{ query: '{a}' }, '{b}'], {}, 'body[1]: must be an object'],
    ['no text', {}, {}, 'body.query: is required'],
    ['a text that is none', { query: ['{a}'] }, {}, 'body.query: must be a string'],
    ['variables that are a list', { query: '{a}', variables: [] }, {}, 'body.variables: must be an object'],
    ['a name that is none', { query: '{a}', operationName: {} }, {}, 'body.operationName: must be a string'],
    ['no JSON', '{"query":', {}, 'body: must be JSON'],
    ['an empty body', '', {}, 'body: must be JSON'],
    ['two queries under one name', '{"query":"{a}","query":"{b}"}', {}, 'body.query: stands there twice'],
    ['the same, hidden by an escape', '{"query":"{a}","\\u0071uery":"{b}"}', {}, 'body.query: stands there twice'],
    ['a second query in another case', { query: '{a}', Query: '{b}' }, {}, 'body.Query: is written in another case than the member that it looks like'],
    ['a digest of another form', { extensions: { persistedQuery: { version: 1, sha256Hash: 'A'.repeat(64) } } }, {}, 'body.extensions.persistedQuery.sha256Hash: must be 64 lower-case hex digits'],
    ['a digest of another version', { extensions: { persistedQuery: { version: 2, sha256Hash: '' } } }, {}, 'body.extensions.persistedQuery.version: must be 1'],
    ['a digest of another query', { query: '{a}', extensions: digest('{b}') }, {}, 'body.extensions.persistedQuery.sha256Hash: is not the digest of the query'],
  ])('refuses a body with %s', async (_, body, options, fault) => {
    expect(await refusal(post(body), options)).toEqual(['REQUEST_INVALID', fault]);
  });

  it.each([
    ['a query in the address of a POST', post({ query: '{a}' }, {}, 'query={b}'), ['REQUEST_INVALID', 'query.query: does not belong into the address of a POST']],
    ['the same, encoded', post({ query: '{a}' }, {}, '%71uery={b}'), ['REQUEST_INVALID', 'query.query: does not belong into the address of a POST']],
    ['two queries in an address', get('query={a}&qu%65ry={b}'), ['REQUEST_INVALID', 'query.query: stands there twice']],
    ['a GET without a query', get(''), ['REQUEST_INVALID', 'query.query: is required']],
    ['a GET with a body', { ...get('query={a}'), body: Buffer.from('x') }, ['REQUEST_INVALID', 'body: does not belong to a GET']],
    ['a mutation by GET', get('query=mutation{a}'), ['METHOD_NOT_ALLOWED']],
    ['another method', forward({ method: 'PUT' }), ['METHOD_NOT_ALLOWED']],
    ['a form', post('query=%7Ba%7D', { 'content-type': 'application/x-www-form-urlencoded' }), ['CONTENT_TYPE_UNSUPPORTED']],
    ['an upload', post('x', { 'content-type': 'multipart/form-data; boundary=x' }), ['CONTENT_TYPE_UNSUPPORTED']],
    ['a body that does not say what it is', forward({ method: 'POST', body: Buffer.from('{"query":"{a}"}') }), ['CONTENT_TYPE_UNSUPPORTED']],
    ['a compressed body', post({ query: '{a}' }, { 'content-encoding': 'gzip' }), ['CONTENT_TYPE_UNSUPPORTED']],
    ['another character set', post({ query: '{a}' }, { 'content-type': 'application/json; charset=utf-16' }), ['CONTENT_TYPE_UNSUPPORTED']],
    ['bytes that are no UTF-8', { ...post(''), body: Buffer.from([0x22, 0xff, 0x22]) }, ['REQUEST_MALFORMED']],
    ['a byte order mark', { ...post(''), body: Buffer.from('\ufeff{"query":"{a}"}') }, ['REQUEST_INVALID', 'body: must be JSON']],
  ])('refuses %s', async (_, request, expected) => {
    expect(await refusal(request)).toEqual(expected);
  });

  it('reads no more of a body than is allowed, whatever it announces', async () => {
    const endless = post('');
    const body = Readable.from((function* () {
      for (;;) yield Buffer.alloc(1_000);
    })());
    expect(await refusal({ ...endless, body })).toEqual(['BODY_TOO_LARGE']);
    expect(body.destroyed).toBe(false);
    const announced = post('{}', { 'content-length': '102401' });
    expect(await refusal(announced)).toEqual(['BODY_TOO_LARGE']);
    expect((announced.body as Readable).readableDidRead).toBe(false);
  });

  it('says so when the client leaves while its body comes', async () => {
    const body = new Readable({ read() {
      this.destroy(new Error('aborted'));
    } });
    expect(await refusal({ ...post(''), body })).toEqual(['CLIENT_CLOSED']);
  });
});

describe('persisted queries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portico-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('stand in for their digests, and everything else stays as it was written', async () => {
    const extensions = { ...digest(known), tracing: true };
    const { sent } = await pass(post(`{"variables":{"id":12345678901234567890},"extensions":${JSON.stringify(extensions)},"operationName":"A"}`), { persistedQueries });
    const body = `{"query":${JSON.stringify(known)},"variables":{"id":12345678901234567890},"operationName":"A","extensions":{"tracing":true}}`;
    expect(sent).toEqual({ body, query: '', length: String(Buffer.byteLength(body)) });
  });

  it('do so in lists and in addresses', async () => {
    const { sent } = await pass(post([{ query: '{a}' }, { extensions: digest(known) }]), { persistedQueries });
    expect(JSON.parse(sent?.body ?? '')).toEqual([{ query: '{a}' }, { query: known }]);
    const address = `variables=%7B%22a%22%3A1%7D&extensions=${encodeURIComponent(JSON.stringify(digest(known)))}&x=%zz`;
    expect((await pass(get(address), { persistedQueries })).sent?.query).toBe(`variables=%7B%22a%22%3A1%7D&x=%zz&query=${encodeURIComponent(known)}`);
  });

  it('are held to the limits like any other query', async () => {
    expect(await refusal(post({ extensions: digest(known) }), { persistedQueries, maxDepth: 1 })).toEqual(['REQUEST_INVALID', 'body.query: nests fields 2 deep; 1 levels are allowed']);
  });

  it('answer an unknown digest as Apollo does, so that the client sends the query', async () => {
    const error = { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };
    const one = await pass(post({ extensions: digest('{x}') }), { persistedQueries });
    expect(one.sent).toBeUndefined();
    expect(one.answer).toMatchObject({ status: 200 });
    expect(JSON.parse(String(one.answer?.body))).toEqual(error);
    expect(one.answer?.headers.get('cache-control')).toBe('no-store');
    const list = await pass(post([{ extensions: digest('{x}') }, { query: '{a}' }]), { persistedQueries });
    expect(JSON.parse(String(list.answer?.body))).toEqual([error, error]);
    expect((await pass(post({ query: '{x}', extensions: digest('{x}') }), { persistedQueries })).answer?.status).toBe(200);
  });

  it('can be the only ones that are answered', async () => {
    const only = { persistedQueries, onlyPersisted: true };
    const fault = ['REQUEST_INVALID', 'body.query: is none of the persisted queries: only those are answered'];
    expect(await refusal(post({ query: '{a}' }), only)).toEqual(fault);
    expect(await refusal(post({ query: '{a}', extensions: digest('{a}') }), only)).toEqual(fault);
    expect(await refusal(post({ query: `${known} ` }), only)).toEqual(fault);
    expect(await refusal(post({ extensions: digest('{a}') }), only)).toEqual(fault);
    expect(await refusal(post('{a}', { 'content-type': 'application/graphql' }), only)).toEqual(fault);
    expect(await refusal(post({ query: known }), only)).toBe('passed');
    expect(await refusal(post({ extensions: digest(known) }), only)).toBe('passed');
  });

  it.each([
    ['an object', { [digestOfText(known)]: known }],
    ['a manifest', { format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: digestOfText(known), body: known, name: 'A', type: 'query' }] }],
  ])('come from a file with %s', async (_, content) => {
    const file = join(folder, 'queries.json');
    writeFileSync(file, JSON.stringify(content));
    expect((await pass(post({ extensions: digest(known) }), { persisted: file })).sent?.body).toBe(`{"query":${JSON.stringify(known)}}`);
  });

  it('are refused at start when they cannot be used', () => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify({ abc: '{a}', [digestOfText('x')]: 1 }));
    expect(faultsOf(() => compile({ persisted: file, persistedQueries: { [digestOfText('{a}')]: '{b}' } }))).toEqual([
      `graphql.persisted.abc: is not the SHA-256 digest of its query, which is ${digestOfText('{a}')}`,
      `graphql.persisted.${digestOfText('x')}: must be the text of a query`,
      `graphql.persistedQueries.${digestOfText('{a}')}: is not the SHA-256 digest of its query, which is ${digestOfText('{b}')}`,
    ]);
    expect(faultsOf(() => compile({ persisted: join(folder, 'none.json') }))).toEqual([expect.stringMatching(/^graphql\.persisted: cannot be read: ENOENT/)]);
    writeFileSync(file, '[]');
    expect(faultsOf(() => compile({ persisted: file }))).toEqual(['graphql.persisted: must hold an object']);
  });
});

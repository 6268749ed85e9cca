import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HeaderList, noEndpoint, type Endpoint, type ForwardRequest, type PorticoError, type RequestContext, type Resolve } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { fetchJson, LittleIssuer, newKey, signToken } from '../../test/little-issuer.js';
import { accessDeclarations } from '../access-declarations.js';
import { AllowClients, Public, Scopes } from '../access.decorators.js';
import { AccessOptions } from '../access.options.js';
import { authenticate } from '../authenticate.policy.js';
import { authorize } from '../authorize.policy.js';
import { TokenVerifier } from '../token-verifier.js';
import { newApiKey } from './api-key-format.js';
import type { ApiKeyRecord } from './api-key-record.js';
import type { ApiKeyStore } from './api-key-store.js';
import { ApiKeyVerifier } from './api-key-verifier.js';
import { apiKeys } from './api-keys.policy.js';
import { assertApiKeyChecked } from './assert-api-key-checked.js';
import { RequireApiKey } from './require-api-key.decorator.js';

class Shop {
  @Scopes('shop.read')
  users(): void {}
  @Scopes('shop.read')
  @AllowClients()
  everybody(): void {}
  @Public()
  open(): void {}
  @Scopes('shop.read')
  @RequireApiKey()
  usersWithKey(): void {}
  @Scopes('shop.read')
  @AllowClients()
  @RequireApiKey()
  partners(): void {}
  @Public()
  @RequireApiKey()
  anyPartner(): void {}
}

@RequireApiKey()
@Public()
class Partners {
  read(): void {}
}

function endpoint(handler: string, controller: abstract new () => object = Shop): Endpoint {
  const method = (controller.prototype as Record<string, object>)[handler] as object;
  return { kind: 'operation', name: `${controller.name}.${handler}`, method: 'GET', path: `/${handler}`, declared: (key) => Reflect.getMetadata(key, method) ?? Reflect.getMetadata(key, controller) };
}
function route(access: Partial<AccessOptions>): Endpoint {
  const declared = accessDeclarations(Object.assign(new AccessOptions(), access));
  return { kind: 'route', name: 'feed', method: 'GET', path: '/feed', declared: <T>(key: string) => declared.get(key) as T | undefined };
}

const [good, weak] = [newApiKey(), newApiKey()];
const signing = newKey('k');
const clock = new ManualClock();
let issuer: LittleIssuer;
let tokens: TokenVerifier;
let resolve: Resolve;
let slow = false;

const recordOf = ({ id, secretDigest }: typeof good, scopes: string[]): ApiKeyRecord => ({ id, secretDigest, partner: { name: 'Acme', clientId: 'acme' }, scopes, slot: 'primary', notBeforeMs: 0, expiresAtMs: Infinity, revokedAtMs: undefined });
const records = new Map([good, weak].map((key) => [key.id, recordOf(key, key === good ? ['shop.read'] : [])]));

beforeAll(async () => {
  issuer = await LittleIssuer.start(signing);
  tokens = new TokenVerifier({ issuer: issuer.url, audience: 'bff' }, { clock, fetchJson });
});
afterAll(() => issuer.stop());
beforeEach(() => {
  slow = false;
  const store = { find: (id) => (slow ? Promise.resolve(records.get(id)) : records.get(id)) } as ApiKeyStore;
  const keys = new ApiKeyVerifier(store, { clock });
  resolve = ((type: unknown) => (type === ApiKeyVerifier ? keys : tokens)) as unknown as Resolve;
});

const token = (over: Record<string, unknown> = {}) => `Bearer ${signToken(signing, {}, { ...issuer.claims('bff', clock.epochMs()), ...over })}`;
const clientToken = () => token({ sub: 'svc', client_id: 'svc' });

interface Sent {
  key?: string | string[];
  authorization?: string;
  url?: string;
  address?: string;
}

async function ask(target: Endpoint, { key, authorization, url = '/', address = '192.0.2.1' }: Sent = {}, policies = [authenticate(), apiKeys(), authorize()]): Promise<RequestContext> {
  const context = testContext({ endpoint: target, url, address, headers: { ...(key === undefined ? {} : { 'x-api-key': key }), ...(authorization === undefined ? {} : { authorization }) } });
  const steps = policies.flatMap((policy) => policy.compile(target, resolve) ?? []);
  try {
    for (const { inbound } of steps) await inbound?.(context);
  } catch (error) {
    throw steps.reduce((current, { onError }) => onError?.(context, current) ?? current, error as PorticoError);
  }
  return context;
}
async function outcome(target: Endpoint, sent: Sent = {}): Promise<string> {
  try {
    const { caller } = await ask(target, sent);
    return `served as ${caller.kind} ${caller.id}`.trim();
  } catch (error) {
    const { status, code, headers } = error as PorticoError;
    return [status, code, headers?.['www-authenticate']].filter(Boolean).join(' ');
  }
}

const missing = '401 API_KEY_MISSING ApiKey';
const invalid = '401 API_KEY_INVALID ApiKey';

describe('An API key', () => {
  it.each<[string, string, Sent, string]>([
    ['is not needed where none is asked for', 'open', {}, 'served as anonymous'],
    ['makes its client known there all the same', 'open', { key: good.text }, 'served as client acme'],
    ['that is wrong is refused there all the same', 'open', { key: 'bffk_unknown.secret' }, invalid],
    ['is taken for no user', 'users', { key: good.text }, '403 OPERATION_FORBIDDEN'],
    ['opens what clients may use', 'everybody', { key: good.text }, 'served as client acme'],
    ['opens it by its scopes only', 'everybody', { key: weak.text }, '403 SCOPE_INSUFFICIENT Bearer error="insufficient_scope", scope="shop.read"'],
    ['is enough by itself where only a key is asked for', 'anyPartner', { key: weak.text }, 'served as client acme'],
    ['is asked for there', 'anyPartner', {}, missing],
    ['is asked for where clients are served', 'partners', {}, missing],
    ['is enough there with its scopes', 'partners', { key: good.text }, 'served as client acme'],
  ])('%s', async (_, handler, sent, expected) => {
    expect(await outcome(endpoint(handler), sent)).toBe(expected);
  });

  it('counts the same when the store has to be waited for', async () => {
    slow = true;
    expect(await outcome(endpoint('partners'), { key: good.text })).toBe('served as client acme');
    expect(await outcome(endpoint('partners'), { key: `${good.text.slice(0, -4)}AAAA` })).toBe(invalid);
    expect(await outcome(endpoint('usersWithKey'), { key: good.text, authorization: token() })).toBe('served as user alice');
  });

  it('is asked for by a controller as by a handler, and by a route', async () => {
    expect([await outcome(endpoint('read', Partners)), await outcome(endpoint('read', Partners), { key: good.text })]).toEqual([missing, 'served as client acme']);
    expect([await outcome(route({ anonymous: true, apiKey: true })), await outcome(route({ anonymous: true, apiKey: true }), { key: weak.text })]).toEqual([missing, 'served as client acme']);
    expect(await outcome(route({ clients: true, apiKey: true, scopes: ['shop.read'] }), { key: weak.text })).toMatch(/^403 SCOPE_INSUFFICIENT/);
    expect(await outcome(route({ apiKey: true }), { key: good.text })).toBe('401 TOKEN_MISSING Bearer, ApiKey');
  });

  it('is not enough for clients whose issuers are named: then it takes both', async () => {
    const both = route({ clients: true, apiKey: true, issuers: ['default'] });
    expect([await outcome(both, { key: good.text }), await outcome(both, { key: good.text, authorization: clientToken() })]).toEqual(['401 TOKEN_INVALID Bearer error="invalid_token", ApiKey', 'served as client svc']);
  });

  it('is refused at an unknown address, and left alone by system endpoints', async () => {
    expect(await outcome(noEndpoint, { key: 'x' })).toBe(invalid);
    expect(apiKeys().compile({ ...noEndpoint, kind: 'system' }, resolve)).toBeUndefined();
  });

  it('is refused twice in one request', async () => {
    expect(await outcome(endpoint('open'), { key: [good.text, good.text] })).toBe(invalid);
    expect(await outcome(endpoint('open'), { key: `${good.text}, ${good.text}` })).toBe(invalid);
  });

  it('comes in the field for it only', async () => {
    expect(await outcome(endpoint('anyPartner'), { authorization: `ApiKey ${good.text}` })).toBe(missing);
    expect((await outcome(endpoint('anyPartner'), { authorization: `Bearer ${good.text}` })).slice(0, 17)).toBe('401 TOKEN_INVALID');
  });

  it.each(['/?api_key=', '/?x-api-key=', '/?apikey=', '/?a=1&X%2DAPI-Key=', '/?key='])('is refused in %s, with a good one in its field too', async (url) => {
    for (const key of [undefined, good.text]) expect(await outcome(endpoint('open'), { url: url + good.text, ...(key ? { key } : {}) })).toBe(invalid);
  });

  it('comes in a field of another name when it is told so', async () => {
    const policies = [apiKeys({ header: 'X-Partner-Key' })];
    const context = testContext({ headers: { 'x-partner-key': good.text, 'x-api-key': 'not for the gateway' } });
    await policies[0]?.compile(endpoint('open'), resolve)?.inbound?.(context);
    expect(context.caller.id).toBe('acme');
    for (const header of ['', 'a b', 'Authorization', 'cookie']) expect(() => apiKeys({ header })).toThrow(TypeError);
  });

  it('never reaches the service of a route', async () => {
    const context = testContext({ headers: { 'x-api-key': good.text } });
    context.forward = { headers: new HeaderList([['x-api-key', good.text], ['accept', '*/*']]) } as ForwardRequest;
    await apiKeys().compile(route({ apiKey: true }), resolve)?.inbound?.(context);
    expect([...context.forward.headers]).toEqual([['accept', '*/*']]);
  });

  it('returns no promise where nothing has to be waited for', () => {
    const context = testContext({ headers: { 'x-api-key': good.text } });
    expect(apiKeys().compile(endpoint('partners'), resolve)?.inbound?.(context)).toBeUndefined();
    expect(context.caller.id).toBe('acme');
  });
});

describe('A key and a token', () => {
  it.each<[string, Sent, string]>([
    ['are both needed where users need a key', {}, '401 API_KEY_MISSING Bearer, ApiKey'],
    ['are refused for want of the token', { key: good.text }, '401 TOKEN_MISSING Bearer, ApiKey'],
    ['are served together, as the user', { key: good.text, authorization: 'good' }, 'served as user alice'],
    ['are refused for want of the key', { authorization: 'good' }, missing],
    ['are refused for a wrong key', { key: `${good.text.slice(0, -4)}AAAA`, authorization: 'good' }, invalid],
    ['are refused for a wrong token', { key: good.text, authorization: 'Bearer x.y.z' }, '401 TOKEN_INVALID Bearer error="invalid_token", ApiKey'],
    ["are not each other's scopes", { key: good.text, authorization: 'poor' }, '403 SCOPE_INSUFFICIENT Bearer error="insufficient_scope", scope="shop.read"'],
  ])('%s', async (_, sent, expected) => {
    const authorization = sent.authorization === 'good' ? token() : sent.authorization === 'poor' ? token({ scope: 'other' }) : sent.authorization;
    expect(await outcome(endpoint('usersWithKey'), { ...sent, ...(authorization === undefined ? {} : { authorization }) })).toBe(expected);
  });

  it('are checked one by one where no key is needed: the token says who it is, and a wrong key is refused', async () => {
    expect(await outcome(endpoint('users'), { key: weak.text, authorization: token() })).toBe('served as user alice');
    expect(await outcome(endpoint('users'), { key: 'x', authorization: token() })).toBe(invalid);
    expect(await outcome(endpoint('users'), {})).toBe('401 TOKEN_MISSING Bearer');
  });
});

describe('Many wrong keys', () => {
  it('lock out nobody who sends none, nor keys from elsewhere', async () => {
    const wrong = await Promise.all(Array.from({ length: 100 }, () => outcome(endpoint('open'), { key: 'bffk_unknown.secret' })));
    expect(wrong).toEqual([...Array(20).fill(invalid), ...Array(80).fill('429 LIMIT_EXCEEDED')]);
    expect(await outcome(endpoint('everybody'), { key: good.text })).toBe('429 LIMIT_EXCEEDED');
    expect(await outcome(endpoint('everybody'), { key: good.text, address: '192.0.2.2' })).toBe('served as client acme');
    expect(await outcome(endpoint('users'), { authorization: token() })).toBe('served as user alice');
    expect(await outcome(endpoint('open'))).toBe('served as anonymous');
  });
});

describe('An endpoint that needs a key', () => {
  it('ends the start of a gateway that looks at none', () => {
    expect(() => assertApiKeyChecked(endpoint('partners'), ['authenticate', 'authorize'])).toThrow('Shop.partners');
    expect(() => assertApiKeyChecked(endpoint('partners'), ['authenticate', apiKeys().name])).not.toThrow();
    expect(() => assertApiKeyChecked(endpoint('users'), [])).not.toThrow();
  });
});

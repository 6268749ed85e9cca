import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { noEndpoint, type Caller, type Endpoint, type PorticoError, type RequestContext, type Resolve } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { newSession } from '../../test/session/new-session.js';
import { accessDeclarations } from '../access-declarations.js';
import { AccessOptions } from '../access.options.js';
import { MemoryLease } from './memory-lease.js';
import { MemorySessionStore } from './memory-session.store.js';
import { providerUnavailable } from './provider-failure.js';
import type { ProviderTokens } from './provider-tokens.js';
import { SessionCookies } from './session-cookies.js';
import { SessionGate } from './session-gate.js';
import { SessionLimits } from './session-limits.js';
import { SessionTokens } from './session-tokens.js';
import { sessionOf } from './session-of.js';
import type { SessionStore } from './session.store.js';
import { webSession } from './web-session.policy.js';
import { WebSessions } from './web-sessions.js';

const own = 'https://bff.shop.example';
const app = 'https://app.shop.example';
const clock = new ManualClock();
const endpoint = (anonymous: boolean, kind: Endpoint['kind'] = 'route'): Endpoint => {
  const declarations = accessDeclarations(Object.assign(new AccessOptions(), { anonymous }));
  return { ...noEndpoint, kind, declared: <T>(key: string) => declarations.get(key) as T | undefined };
};

function setUp(store: SessionStore = new MemorySessionStore(clock), options: Parameters<typeof webSession>[0] = {}, refresh: () => Promise<ProviderTokens> = () => Promise.reject(new Error('No provider'))) {
  const limits = new SessionLimits();
  const sessions = new WebSessions(store, limits, clock);
  const provider = { refresh, revoke: () => Promise.resolve() };
  const tokens = new SessionTokens({ store, provider, lease: new MemoryLease(clock), limits, clock, random: () => 0 });
  const gate = new SessionGate(sessions, { cookies: new SessionCookies(), clientId: 'web-bff', origins: [own, app] });
  const resolve = ((token: unknown) => (token === SessionTokens ? tokens : gate)) as Resolve;
  const ask = async (headers: Record<string, string | string[]>, target = endpoint(false)): Promise<RequestContext> => {
    const context = testContext({ headers, endpoint: target });
    await webSession(options).compile(target, resolve)?.inbound?.(context);
    return context;
  };
  const refused = async (headers: Record<string, string | string[]>, target?: Endpoint): Promise<string> => {
    try {
      await ask(headers, target);
    } catch (error) {
      const { status, code } = error as PorticoError;
      return `${status} ${code}`;
    }
    throw new Error('It was let in');
  };
  return { store, sessions, ask, refused, logIn: () => sessions.begin(newSession(clock), []) };
}

const cookie = (id: string) => ({ cookie: `__Host-portico=${id}` });
const csrf = { 'x-csrf': '1' };

describe('webSession', () => {
  it('lets the user of a session in, with the key that a token of his client would give him', async () => {
    const { ask, logIn } = setUp();
    const id = await logIn();
    const context = await ask({ ...cookie(id), ...csrf });
    expect(context.caller).toMatchObject({ kind: 'user', id: 'alice', clientId: 'web-bff', key: 'user:7:web-bff:alice', claims: { name: 'Alice', sid: 's-1' } });
    expect([...context.caller.scopes]).toEqual(['openid', 'shop.read']);
    expect(sessionOf(context)).toMatchObject({ id, session: { accessToken: 'access-1' } });
  });

  it('does not wait for a store that does not', async () => {
    const { sessions, logIn } = setUp();
    expect(sessions.find(await logIn())).not.toBeInstanceOf(Promise);
  });

  it('makes the caller of a session once', async () => {
    const { ask, logIn } = setUp();
    const headers = { ...cookie(await logIn()), ...csrf };
    const callers: Caller[] = [(await ask(headers)).caller, (await ask(headers)).caller];
    expect(callers[0]).toBe(callers[1]);
  });

  it('leaves a request without cookie anonymous', async () => {
    const { ask } = setUp();
    const context = await ask({ cookie: 'other=1; __Host-portico-tx=a', origin: 'https://evil.example' });
    expect(context.caller.kind).toBe('anonymous');
    expect(sessionOf(context)).toBeUndefined();
  });

  it.each<[string, Record<string, string | string[]>]>([
    ['without x-csrf', {}],
    ['with another x-csrf', { 'x-csrf': '0' }],
    ['with x-csrf twice', { 'x-csrf': '0, 1' }],
    ['with x-csrf in two fields', { 'x-csrf': ['1', '1'] }],
    ['of a foreign origin', { ...csrf, origin: 'https://evil.example' }],
    ['of an origin that only begins like ours', { ...csrf, origin: `${app}.evil.example` }],
    ['of origin null', { ...csrf, origin: 'null' }],
    ['of two origins', { ...csrf, origin: [app, app] }],
    ['of another site, without its origin', { ...csrf, 'sec-fetch-site': 'cross-site' }],
    ['of a sibling domain, without its origin', { ...csrf, 'sec-fetch-site': 'same-site' }],
  ])('refuses a request %s, even on public addresses', async (_what, headers) => {
    const { refused, logIn } = setUp();
    const sent = { ...cookie(await logIn()), ...headers };
    expect(await refused(sent)).toBe('403 CSRF_REFUSED');
    expect(await refused(sent, endpoint(true))).toBe('403 CSRF_REFUSED');
  });

  it.each<[string, Record<string, string>]>([
    ['our own origin', { origin: own, 'sec-fetch-site': 'same-origin' }],
    ['an origin that is allowed, on a sibling domain', { origin: app, 'sec-fetch-site': 'same-site' }],
    ['no origin, by our own page', { 'sec-fetch-site': 'same-origin' }],
  ])('takes a request of %s', async (_what, headers) => {
    const { ask, logIn } = setUp();
    expect((await ask({ ...cookie(await logIn()), ...csrf, ...headers })).caller.id).toBe('alice');
  });

  it.each([
    ['there twice', (id: string) => `__Host-portico=evil; __Host-portico=${id}`],
    ['there twice with the same value', (id: string) => `__Host-portico=${id};__Host-portico=${id}`],
    ['empty', () => '__Host-portico='],
    ['no session id', () => '__Host-portico=x'],
    ['that of no session', () => `__Host-portico=${'a'.repeat(43)}`],
  ])('refuses a cookie that is %s', async (_what, field) => {
    const { refused, logIn } = setUp();
    expect(await refused({ cookie: field(await logIn()), ...csrf })).toBe('401 SESSION_MISSING');
  });

  it('serves who was logged out as anybody on public addresses, and nowhere else', async () => {
    const { ask, refused, sessions, logIn } = setUp();
    const id = await logIn();
    await sessions.end(id);
    expect((await ask({ ...cookie(id), ...csrf }, endpoint(true))).caller.kind).toBe('anonymous');
    expect(await refused({ ...cookie(id), ...csrf })).toBe('401 SESSION_MISSING');
  });

  it('refuses an access token in place of a cookie, and overlooks one beside it', async () => {
    const { ask, refused, logIn } = setUp();
    expect(await refused({ authorization: 'Bearer x' })).toBe('401 TOKEN_INVALID');
    expect((await ask({ ...cookie(await logIn()), ...csrf, authorization: 'Bearer x' })).caller.id).toBe('alice');
  });

  it('leaves an access token to others where that is configured, but takes no two credentials', async () => {
    const { ask, refused, logIn } = setUp(new MemorySessionStore(clock), { bearer: true });
    expect((await ask({ authorization: 'Bearer x' })).caller.kind).toBe('anonymous');
    expect(await refused({ ...cookie(await logIn()), ...csrf, authorization: 'Bearer x' })).toBe('400 REQUEST_MALFORMED');
  });

  it.each([
    ['throws', () => { throw new Error('lost'); }],
    ['rejects', () => Promise.reject(new Error('lost'))],
  ])('lets nobody in when the store %s', async (_how, read) => {
    const { refused } = setUp(Object.assign(new MemorySessionStore(clock), { read }));
    expect(await refused({ ...cookie('a'.repeat(43)), ...csrf })).toBe('503 SESSIONS_UNAVAILABLE');
    expect(await refused({ ...cookie('a'.repeat(43)), ...csrf }, endpoint(true))).toBe('503 SESSIONS_UNAVAILABLE');
  });

  describe('when the access token has ended', () => {
    const ended = { accessTokenEndsAtMs: 0, refreshAtMs: 0 };
    const fresh: ProviderTokens = { accessToken: 'access-2', accessLifeMs: 60_000, refreshToken: 'refresh-2', refreshLifeMs: undefined, idToken: '', scope: undefined, claims: undefined };
    const sentTo = async (refresh: () => Promise<ProviderTokens>) => {
      const store = new MemorySessionStore(clock);
      const made = setUp(store, {}, refresh);
      const id = await made.sessions.begin(newSession(clock, ended), []);
      return { ...made, store, id, headers: { ...cookie(id), ...csrf } };
    };

    it('lets the user in with a new one', async () => {
      const { ask, store, id, headers } = await sentTo(() => Promise.resolve(fresh));
      expect((await ask(headers)).caller.id).toBe('alice');
      expect(store.read(id)).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2' });
    });

    it('lets nobody in whose session the provider has ended', async () => {
      const { refused, store, id, headers } = await sentTo(() => Promise.reject(Object.assign(new Error('over'), { code: 'OAUTH_RESPONSE_BODY_ERROR', error: 'invalid_grant' })));
      expect(await refused(headers)).toBe('401 SESSION_MISSING');
      expect(store.read(id)).toBeUndefined();
    });

    it('keeps the session while the provider cannot be asked', async () => {
      let down = true;
      const { ask, refused, headers } = await sentTo(() => (down ? Promise.reject(providerUnavailable(new Error('down'))) : Promise.resolve(fresh)));
      expect(await refused(headers)).toBe('503 AUTHORITY_UNAVAILABLE');
      down = false;
      expect((await ask(headers)).caller.id).toBe('alice');
    });

    it('does not keep anybody waiting where everybody is served', async () => {
      const { ask, headers } = await sentTo(() => new Promise(() => {}));
      expect((await ask(headers, endpoint(true))).caller.id).toBe('alice');
    });
  });

  it('leaves probes, and the addresses of signing in and out, alone', () => {
    const gate = (() => undefined) as unknown as Resolve;
    for (const kind of ['system', 'identity'] as const) expect(webSession().compile(endpoint(false, kind), gate)).toBeUndefined();
  });

  it('notes a use at most once a minute', async () => {
    const store = new MemorySessionStore(clock);
    const { ask, sessions } = setUp(store);
    const at = clock.epochMs();
    const id = await sessions.begin(newSession(clock, { refreshAtMs: at + 3_600_000, accessTokenEndsAtMs: at + 3_600_000 }), []);
    const headers = { ...cookie(id), ...csrf };
    await clock.advance(59_999);
    await ask(headers);
    expect(store.read(id)).toMatchObject({ lastSeenAtMs: at, revision: 1 });
    await clock.advance(1);
    for (let count = 0; count < 5; count++) await ask(headers);
    expect(store.read(id)).toMatchObject({ lastSeenAtMs: at + 60_000, expiresAtMs: at + 60_000 + 1_800_000, revision: 2 });
  });
});

import type { DeepPartial } from '@portico/config';
import type { GatewayConfig } from '@portico/gateway';
import { expect } from 'vitest';
import { expectAnswer, send, type CaseSurroundings } from './case-runner.js';
import { keyTiming } from './key-timing.js';
import type { LabCredentials } from './lab-credentials.js';
import { requestBytes } from './request-bytes.js';
import type { CaseRequest, SecurityCase } from './security-case.js';
import { slowReader } from './slow-reader.js';
import { exchange, type Exchange } from './wire-exchange.js';
import { valuesOf } from './wire-answer.js';

/** How a case is run that is more than one plain request. */
type Procedure = (surroundings: CaseSurroundings, given: SecurityCase) => Promise<void>;

const get = (path: string, headers: readonly (readonly [string, string])[] = []) => requestBytes({ method: 'GET', path, headers }, 'lab');

async function ask({ lab }: CaseSurroundings, bytes: string, options?: Parameters<typeof exchange>[2]): Promise<Exchange['answers'][number]> {
  const { answers } = await exchange(lab.port, bytes, options);
  expect(answers.length).toBeGreaterThan(0);
  return answers[0] as Exchange['answers'][number];
}

/** The requests among the steps of a case, in order. */
const requestsOf = ({ request: { steps = [] } }: SecurityCase): CaseRequest[] => steps.filter((step): step is CaseRequest => typeof step !== 'string');

/** Every request in order, each with its status. */
const inOrder: Procedure = async (surroundings, given) => {
  const { status } = given.expect;
  for (const [index, request] of requestsOf(given).entries()) {
    const { answers } = await send(surroundings, request, status);
    expect(answers[0]?.status, `request ${index + 1}`).toBe(status[index]);
  }
};

const afterwards = (before: (surroundings: CaseSurroundings) => Promise<void> | void, after: (surroundings: CaseSurroundings) => Promise<void> | void): Procedure => async (surroundings, given) => {
  const [request] = requestsOf(given);
  await before(surroundings);
  try {
    const { answers } = await send(surroundings, request as CaseRequest, given.expect.status);
    expectAnswer(given, answers[0]);
  } finally {
    await after(surroundings);
  }
};

const withKey = (key: string): string => get('/lab/partner', [['x-api-key', key]]);

const cookieOnly = ({ signIn }: CaseSurroundings) => signIn('alice').filter(([name]) => name === 'cookie');

const write = ({ bindings }: CaseSurroundings, headers: readonly (readonly [string, string])[], method = bindings.write.method): string =>
  requestBytes({ method, path: bindings.write.path, headers, body: JSON.stringify(bindings.write.body) }, 'lab');

/** A request with the session's cookie and without the static header: no service may be asked. */
const withCookieOnly = (method: string, path?: string): Procedure => async (surroundings, given) => {
  const headers = [...cookieOnly(surroundings), ['content-type', 'application/json'] as const];
  expectAnswer(given, await ask(surroundings, path === undefined ? write(surroundings, headers, method) : get(path, cookieOnly(surroundings))));
  expect(surroundings.lab.echo.seen).toEqual([]);
};

const signOut = (credentials: LabCredentials, ...recipe: Parameters<LabCredentials['logout']>): string =>
  requestBytes({ method: 'POST', path: '/bff/backchannel', headers: [['content-type', 'application/x-www-form-urlencoded']], body: `logout_token=${credentials.logout(...recipe)}` }, 'lab');

/** A logout token that is not accepted, and ends nothing. */
const refusedLogout = (...recipe: Parameters<LabCredentials['logout']>): Procedure => async (surroundings) => {
  const request = get('/lab/protected', surroundings.signIn('alice'));
  const told = await ask(surroundings, signOut(surroundings.credentials, ...recipe));
  expect([told.status, valuesOf(told, 'cache-control')]).toEqual([400, ['no-store']]);
  expect((await ask(surroundings, request)).status).toBe(200);
};

/** The procedures by the ids of their cases. */
export const caseProcedures: Readonly<Record<string, Procedure>> = {
  'JWT-024': inOrder,
  'JWT-029': async (surroundings, given) => {
    const { lab, credentials } = surroundings;
    // The gateway has its keys, and has seen no token of the new one.
    await ask(surroundings, get('/lab/protected', [['authorization', `Bearer ${credentials.good()}`]]));
    lab.issuer.publish(lab.issuer.keys.a, lab.issuer.keys.b);
    const [request] = requestsOf(given);
    await expect.poll(async () => (await send(surroundings, request as CaseRequest, [200])).answers[0]?.status, { timeout: 3_000, interval: 200 }).toBe(200);
    lab.issuer.publish(lab.issuer.keys.a);
  },
  'JWT-031': async (surroundings, given) => {
    const { lab, credentials } = surroundings;
    await ask(surroundings, get('/lab/protected', [['authorization', `Bearer ${credentials.good()}`]]));
    await afterwards(() => lab.issuer.stop(), () => lab.issuer.start())(surroundings, given);
  },
  'CACHE-001': async (surroundings) => {
    const { signIn } = surroundings;
    const customerOf = async (who: 'alice' | 'bob'): Promise<unknown> => JSON.parse((await ask(surroundings, get('/me', signIn(who)))).body).headers['x-customer'];
    expect([await customerOf('alice'), await customerOf('bob'), await customerOf('alice')]).toEqual(['c-ann', 'c-bob', 'c-ann']);
  },
  'CACHE-003': async (surroundings) => {
    const { lab } = surroundings;
    lab.echo.answer = { status: 200, headers: { 'set-cookie': 'sid=of-the-first', 'cache-control': 'public, max-age=60' } };
    const first = await ask(surroundings, get('/public/cookie'));
    lab.echo.answer = undefined;
    const second = await ask(surroundings, get('/public/cookie'));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(valuesOf(second, 'set-cookie')).toEqual([]);
  },
  'CACHE-006': async (surroundings, given) => {
    for (const path of given.request.each as readonly string[]) {
      const answer = await ask(surroundings, get(path, surroundings.signIn('alice')));
      // The case does not list 400, which a dot segment gets wherever it leads; PATH-007 lists it for the same ones.
      expect([...given.expect.status, ...(path.includes('%2e%2e') ? [400] : [])], path).toContain(answer.status);
      expect(valuesOf(answer, 'cache-control'), path).toEqual(['no-store']);
      expect(answer.body).not.toContain('c-ann');
    }
    expect(surroundings.lab.echo.seen).toEqual([]);
  },
  'CACHE-008': async (surroundings) => {
    const { bindings, signIn } = surroundings;
    const { status, body } = await ask(surroundings, get(bindings.item, signIn('alice')));
    expect([status, Object.keys(JSON.parse(body) as object).sort()]).toEqual([200, bindings.itemFields]);
  },
  'RATE-007': async (surroundings, given) => {
    const query = `{ ${Array.from({ length: 100 }, (_, index) => `a${index}: product(id: "p-0001") { count }`).join(' ')} }`;
    const headers = [...surroundings.signIn('alice'), ['content-type', 'application/json'] as const];
    const alone = requestBytes({ method: 'POST', path: '/lab/graphql', headers, body: JSON.stringify({ query: '{ product(id: "p-0001") { count } }' }) }, 'lab');
    expect((await ask(surroundings, alone)).status).toBe(200);
    expectAnswer(given, await ask(surroundings, requestBytes({ method: 'POST', path: '/lab/graphql', headers, body: JSON.stringify({ query }) }, 'lab')));
  },
  'CACHE-009': async (surroundings) => {
    const { signIn, bindings } = surroundings;
    const first = await ask(surroundings, get(bindings.own, signIn('alice')));
    const [tag] = valuesOf(first, 'etag');
    const second = await ask(surroundings, get(bindings.own, [...signIn('bob'), ...(tag ? [['if-none-match', tag] as const] : [])]));
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).not.toBe(first.body);
  },
  'FRAME-019': async ({ lab, fill }) => {
    const one = `GET ${String(fill('{{public}}'))} HTTP/1.1\r\nHost: lab\r\n\r\n`;
    const { answers } = await exchange(lab.port, one.repeat(3), { answers: 3 });
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  },
  'HDR-019': async (surroundings, given) => {
    expectAnswer(given, await ask(surroundings, get(String(surroundings.fill('{{public}}')), [['X-A', 'a'.repeat(17_000)]])));
  },
  'PATH-011': async (surroundings, given) => {
    for (const end of ['/', ';x', '%20', '%00']) expectAnswer(given, await ask(surroundings, get(`/admin/secret${end}`)));
  },
  'SLOW-002': async (surroundings, given) => {
    const { bindings, signIn } = surroundings;
    const head = [`${bindings.write.method} ${bindings.write.path} HTTP/1.1`, 'Host: lab', ...signIn('alice').map(([name, value]) => `${name}: ${value}`), 'Content-Type: application/json', 'Content-Length: 1000'];
    // Nothing more comes: what matters is that the whole request must be there in time.
    expectAnswer(given, await ask(surroundings, `${head.join('\r\n')}\r\n\r\n{`, { timeoutMs: 30_000 }));
  },
  'BODY-009': async (surroundings) => {
    for (const pair of ['__proto__[polluted]=1', 'constructor[prototype][polluted]=1', 'a[__proto__][b]=1']) {
      const asQuery = await ask(surroundings, get(`${surroundings.bindings.items}?${pair}`, surroundings.signIn('alice')));
      expect([200, 400]).toContain(asQuery.status);
      const { method, path } = surroundings.bindings.write;
      const form = requestBytes({ method, path, headers: [...surroundings.signIn('alice'), ['content-type', 'application/x-www-form-urlencoded']], body: pair }, 'lab');
      // No operation takes forms: nothing is there that could be polluted.
      expect((await ask(surroundings, form)).status).toBe(415);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  },
  'BODY-011': async (surroundings, given) => {
    const { method, path, body } = surroundings.bindings.write;
    for (const type of given.request.each as readonly string[]) {
      const headers = [...surroundings.signIn('alice'), ...(type === '' ? [] : [['content-type', type] as const])];
      expectAnswer(given, await ask(surroundings, requestBytes({ method, path, headers, body: JSON.stringify(body) }, 'lab')));
    }
  },
  'JWT-056': async (surroundings) => {
    const { credentials } = surroundings;
    const token = credentials.token({ claims: { sid: 'about-to-end' }, key: 'idp.rs256' });
    const request = get('/lab/protected', [['authorization', `Bearer ${token}`]]);
    expect((await ask(surroundings, request)).status).toBe(200);
    expect((await ask(surroundings, signOut(credentials, { sid: 'about-to-end' }))).status).toBe(200);
    expect((await ask(surroundings, request)).status).toBe(401);
  },
  'JWT-058': async (surroundings) => {
    const bearer = get('/lab/protected', [['authorization', `Bearer ${surroundings.credentials.good()}`]]);
    expect((await ask(surroundings, bearer)).status).toBe(401);
  },
  'BCL-001': async (surroundings) => {
    const { signIn, credentials } = surroundings;
    const request = get('/lab/protected', signIn('bob'));
    expect((await ask(surroundings, request)).status).toBe(200);
    const told = await ask(surroundings, signOut(credentials, { sub: 'c-bob', sid: 'session-of-c-bob' }));
    expect([told.status, valuesOf(told, 'cache-control')]).toEqual([200, ['no-store']]);
    expect((await ask(surroundings, request)).status).toBe(401);
  },
  'BCL-003': refusedLogout({ nonce: 'n' }),
  'BCL-005': refusedLogout({ events: 'x' }),
  'BCL-007': refusedLogout({ aud: 'other' }),
  'BCL-009': refusedLogout({ iat: 'now-3600' }),
  'BCL-011': refusedLogout({}, { alg: 'none' }, 'none'),
  'BCL-013': async (surroundings) => {
    const told = signOut(surroundings.credentials, { jti: 'fixed' });
    expect((await ask(surroundings, told)).status).toBe(200);
    expect((await ask(surroundings, told)).status).toBe(400);
  },
  'BCL-015': async (surroundings, given) => {
    const body = JSON.stringify({ logout_token: surroundings.credentials.logout({}) });
    expectAnswer(given, await ask(surroundings, requestBytes({ method: 'POST', path: '/bff/backchannel', headers: [['content-type', 'application/json']], body }, 'lab')));
  },
  'BCL-016': async (surroundings, given) => {
    for (const method of ['GET', 'POST']) expectAnswer(given, await ask(surroundings, requestBytes({ method, path: '/bff/backchannel', headers: [] }, 'lab')));
  },
  'CSRF-001': withCookieOnly('GET', '/bff/user'),
  'CSRF-003': withCookieOnly('POST'),
  'CSRF-005': withCookieOnly('DELETE'),
  'CSRF-008': async (surroundings, given) => {
    const cross = [['origin', 'https://evil.example'], ['sec-fetch-site', 'cross-site']] as const;
    for (const type of given.request.each as readonly string[]) expectAnswer(given, await ask(surroundings, write(surroundings, [...cookieOnly(surroundings), ...cross, ['content-type', type]])));
  },
  'CSRF-010': async (surroundings, given) => {
    expectAnswer(given, await ask(surroundings, write(surroundings, [...surroundings.signIn('alice'), ['origin', 'null'], ['content-type', 'application/json']])));
  },
  'CSRF-014': async (surroundings, given) => {
    const signedIn = surroundings.signIn('alice');
    expectAnswer(given, await ask(surroundings, get('/bff/logout', signedIn.filter(([name]) => name === 'cookie'))));
    expect((await ask(surroundings, get('/bff/user', signedIn))).status).toBe(200);
  },
  'KEY-003': async (surroundings, given) => {
    const { keys } = surroundings.lab;
    const dayMs = 86_400_000;
    const create = async (clientId: string, life = {}) => keys.create({ partner: { name: clientId, clientId }, scopes: ['shop.read'], ...life });
    const [revoked, expired, future] = await Promise.all([create('of-yesterday'), create('expired', { notBeforeMs: Date.now() - dayMs, lifeMs: dayMs / 2 }), create('of-tomorrow', { notBeforeMs: Date.now() + dayMs })]);
    await expect.poll(async () => (await ask(surroundings, withKey(revoked.text))).status, { timeout: 3_000 }).toBe(200);
    await keys.revoke(revoked.record.id);
    await expect.poll(async () => (await ask(surroundings, withKey(revoked.text))).status, { timeout: 3_000 }).toBe(401);
    for (const { text } of [revoked, expired, future]) expectAnswer(given, await ask(surroundings, withKey(text)));
  },
  'KEY-005': async ({ lab }) => {
    const attacked = await lab.sibling({ apiKeys: { failuresPerMinute: 20 } });
    try {
      const statuses: number[] = [];
      for (let count = 0; count < 100; count++) {
        const [answer] = (await exchange(attacked.port, withKey(`bffk_${'a'.repeat(16)}.${'b'.repeat(43)}`))).answers;
        statuses.push(answer?.status ?? 0);
        if (answer?.status === 429) expect(valuesOf(answer, 'retry-after')[0]).toMatch(/^\d+$/);
      }
      expect([new Set(statuses.slice(0, 20)), new Set(statuses.slice(20))]).toEqual([new Set([401]), new Set([429])]);
    } finally {
      await attacked.close();
    }
  },
  'KEY-009': async (surroundings) => {
    const { keys } = surroundings.lab;
    const partner = { name: 'A partner', clientId: 'partner' };
    const [primary, secondary] = [await keys.create({ partner, scopes: ['shop.read'], slot: 'primary' }), await keys.create({ partner, scopes: ['shop.read'], slot: 'secondary' })];
    const status = async (text: string): Promise<number> => (await ask(surroundings, withKey(text))).status;
    await expect.poll(() => status(secondary.text), { timeout: 3_000 }).toBe(200);
    const renewed = await keys.rotate('partner', 'primary');
    await expect.poll(() => status(primary.text), { timeout: 3_000 }).toBe(401);
    expect([await status(secondary.text), await status(renewed.text)]).toEqual([200, 200]);
  },
  'COOK-011': async ({ lab }, given) => {
    const strict = await lab.sibling({ session: { publicOrigin: 'https://shop.example' } } as DeepPartial<GatewayConfig>);
    try {
      expectAnswer(given, (await exchange(strict.port, get('/bff/login'))).answers[0]);
    } finally {
      await strict.close();
    }
  },
  'OIDC-001': async (surroundings, given) => {
    const first = await ask(surroundings, get('/bff/login?returnUrl=/app'));
    expectAnswer(given, first);
    const second = await ask(surroundings, get('/bff/login?returnUrl=/app'));
    const [one, other] = [first, second].map((answer) => new URL(valuesOf(answer, 'location')[0] as string).searchParams);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(one?.get(name)).not.toBe(other?.get(name));
  },
  'REDIR-002': async (surroundings, given) => {
    const [cookie] = cookieOnly(surroundings);
    for (const hostile of given.request.each as readonly string[]) {
      const path = `/bff/logout?sid=${encodeURIComponent('session-of-c-ann')}&returnUrl=${encodeURIComponent(hostile)}`;
      expectAnswer(given, await ask(surroundings, get(path, [cookie as readonly [string, string]])));
    }
    expect((await ask(surroundings, get('/bff/user', surroundings.signIn('alice')))).status).toBe(200);
  },
  'COOK-007': async (surroundings) => {
    const [cookie] = cookieOnly(surroundings);
    const tossed = get('/bff/user', [['cookie', `portico=evil; ${(cookie as readonly [string, string])[1]}`], ['x-csrf', '1']]);
    expect([400, 401]).toContain((await ask(surroundings, tossed)).status);
  },
  'COOK-012': async (surroundings) => {
    expect((await ask(surroundings, get('/lab/protected', surroundings.signIn('alice')))).status).toBe(200);
    expect(surroundings.lab.echo.seen.at(-1)?.headers['cookie']).toBeUndefined();
  },
  'CORS-009': async (surroundings) => {
    const { path } = surroundings.bindings.write;
    const headers = [['origin', 'https://app.shop.example'], ['access-control-request-method', 'TRACE'], ['access-control-request-headers', 'x-internal']] as const;
    const answer = await ask(surroundings, requestBytes({ method: 'OPTIONS', path, headers }, 'lab'));
    expect([200, 204, 403]).toContain(answer.status);
    expect(valuesOf(answer, 'access-control-allow-methods').join()).not.toMatch(/TRACE/);
    expect(valuesOf(answer, 'access-control-allow-headers').join()).not.toMatch(/x-internal/);
  },
  'REDIR-004': async (surroundings, given) => {
    for (const query of ['returnUrl=/a&returnUrl=//evil', 'returnUrl[]=//evil', `returnUrl=/${'a'.repeat(10_240)}`]) expectAnswer(given, await ask(surroundings, get(`/bff/login?${query}`)));
  },
  'JWT-054': async (surroundings) => {
    const { lab, bindings, credentials } = surroundings;
    const request = get('/lab/protected', [['authorization', `Bearer ${credentials.good()}`]]);
    const other = await lab.sibling({ auth: { audience: bindings.otherAudience } });
    try {
      expect((await ask(surroundings, request)).status).toBe(200);
      expect((await exchange(other.port, request)).answers[0]?.status).toBe(401);
    } finally {
      await other.close();
    }
  },
  'REDIR-006': async (surroundings) => {
    const { lab, bindings, signIn } = surroundings;
    const { echo, tester } = lab;
    const redirecting = await lab.sibling({ services: { customers: { instances: [echo.origin] } } });
    echo.answer = { status: 302, headers: { location: `${tester.origin}/x` } };
    try {
      const { answers } = await exchange(redirecting.port, get(bindings.own, signIn('alice', redirecting)));
      expect(answers[0]?.status).toBe(502);
      expect(valuesOf(answers[0] as Exchange['answers'][number], 'location')).toEqual([]);
    } finally {
      echo.answer = undefined;
      await redirecting.close();
    }
  },
  'RATE-001': async ({ lab, signIn }, given) => {
    const limited = await lab.sibling({ limits: { callerPerMinute: 5 } });
    try {
      const statuses: number[] = [];
      const request = get('/lab/protected', signIn('alice', limited));
      for (let count = 0; count < 5; count++) statuses.push((await exchange(limited.port, request)).answers[0]?.status ?? 0);
      expect(statuses).toEqual([200, 200, 200, 200, 200]);
      const { answers } = await exchange(limited.port, request);
      expectAnswer({ ...given, expect: { ...given.expect, status: [429] } }, answers[0]);
    } finally {
      await limited.close();
    }
  },
  'RATE-003': async ({ lab, fill }) => {
    const limited = await lab.sibling({ limits: { addressPerMinute: 4 } });
    try {
      const path = String(fill('{{public}}'));
      const statuses: number[] = [];
      for (const variant of [path, `${path}/`, `${path}?x=1`, `/${path}`, `${path}%20`, path]) statuses.push((await exchange(limited.port, get(variant))).answers[0]?.status ?? 0);
      // What is malformed may be refused before it is counted; what reaches the handler shares one count.
      expect(statuses.every((status) => [200, 400, 404, 429].includes(status)), statuses.join()).toBe(true);
      expect(statuses.at(-1)).toBe(429);
    } finally {
      await limited.close();
    }
  },
  'RATE-005': async ({ lab, fill, signIn }) => {
    const limited = await lab.sibling({ limits: { callerPerMinute: 10 } });
    try {
      const anonymous = get(String(fill('{{public}}')));
      const alice = get('/lab/protected', signIn('alice', limited));
      const [strangers, hers] = await Promise.all([
        Promise.all(Array.from({ length: 100 }, () => exchange(limited.port, anonymous))),
        Promise.all(Array.from({ length: 10 }, () => exchange(limited.port, alice))),
      ]);
      expect(new Set(strangers.map(({ answers }) => answers[0]?.status))).toEqual(new Set([200, 429]));
      expect(new Set(hers.map(({ answers }) => answers[0]?.status))).toEqual(new Set([200]));
    } finally {
      await limited.close();
    }
  },
  'AUTHZ-009': async (surroundings) => {
    const { lab, credentials } = surroundings;
    await ask(surroundings, get('/lab/protected', [['authorization', `Bearer ${credentials.good()}`]]));
    await lab.issuer.stop();
    try {
      const unknown = credentials.token({ header: { kid: 'unknown' }, key: 'evil.rs256' });
      const { status, body } = await ask(surroundings, get('/lab/protected', [['authorization', `Bearer ${unknown}`]]));
      expect([401, 503]).toContain(status);
      expect(body).not.toMatch(/ECONN|127\.0\.0\.1|stack/);
    } finally {
      await lab.issuer.start();
    }
  },
  'SLOW-004': slowReader,
  'KEY-007': keyTiming,
};

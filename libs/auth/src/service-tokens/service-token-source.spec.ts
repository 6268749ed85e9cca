import { anonymousCaller, type Caller, type RequestContext, type ServiceTokenTarget, type SubjectToken } from '@portico/core';
import { ManualClock, settle } from '@portico/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProviderTokens } from '../session/provider-tokens.js';
import { ProviderUnreachable } from '../session/bounded-fetch.js';
import { ServiceTokenSource } from './service-token-source.js';

const user: Caller = { ...anonymousCaller, kind: 'user', id: 'ann' };
const partner: Caller = { ...anonymousCaller, kind: 'client', id: 'partner' };
const asked = (caller: Caller, subjectToken?: SubjectToken) => ({ caller, subjectToken }) as RequestContext;
const refusal = (error: string): Error => Object.assign(new Error('secret of the provider'), { code: 'OAUTH_RESPONSE_BODY_ERROR', error });

let clock: ManualClock;
let requests: string[][];
let answer: (count: number) => Promise<string>;
beforeEach(() => {
  clock = new ManualClock();
  requests = [];
  answer = (count) => Promise.resolve(`token-${count}`);
});

async function tokens(...request: string[]): Promise<ProviderTokens> {
  const count = requests.push(request);
  return { accessToken: await answer(count), accessLifeMs: 300_000 } as ProviderTokens;
}

function source(target: Partial<ServiceTokenTarget> = {}, maxEntries = 10): ServiceTokenSource {
  const provider = { ownToken: (resource: string, scope: string) => tokens('own', resource, scope), exchange: (subject: string, audience: string, scope: string) => tokens(subject, audience, scope) };
  return new ServiceTokenSource({ audience: 'https://basket', onBehalfOf: 'caller', scope: '', ...target }, { provider, clock, random: () => 0, maxEntries });
}

describe('the token for a service', () => {
  it("is exchanged for the user's, and kept without a promise", async () => {
    const basket = source({ scope: 'shop.read' });
    expect(await basket.of(asked(user, 'anns'))).toBe('Bearer token-1');
    expect(basket.of(asked(user, 'anns'))).toBe('Bearer token-1');
    expect(await basket.of(asked(user, 'bobs'))).toBe('Bearer token-2');
    expect(requests).toEqual([['anns', 'https://basket', 'shop.read'], ['bobs', 'https://basket', 'shop.read']]);
  });

  it("is exchanged for the token of the user's session, whatever that is now", async () => {
    const basket = source();
    let current = 'first';
    const session = asked(user, () => current);
    await basket.of(session);
    current = 'second';
    await basket.of(asked(user, () => Promise.resolve(current)));
    expect(requests.map(([subject]) => subject)).toEqual(['first', 'second']);
  });

  it.each([
    ['nobody', undefined],
    ['who is not known', asked(anonymousCaller)],
    ['a partner', asked(partner)],
  ])("is the gateway's own for %s", async (_who, context) => {
    expect(await source().of(context)).toBe('Bearer token-1');
    expect(requests).toEqual([['own', 'https://basket', '']]);
  });

  it("is the gateway's own for users too where the service is called on behalf of it", async () => {
    await source({ onBehalfOf: 'gateway' }).of(asked(user, 'anns'));
    expect(requests[0]?.[0]).toBe('own');
  });

  it('is never the own one for a user who is known by no token', () => {
    expect(() => source().of(asked(user))).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    expect(requests).toEqual([]);
  });

  it('is got once for however many wait', async () => {
    const basket = source();
    await Promise.all(Array.from({ length: 50 }, () => basket.of(asked(user, 'anns'))));
    expect(requests).toHaveLength(1);
  });

  it('is replaced beside the calls when it ends soon, and before them when it has ended', async () => {
    const basket = source();
    await basket.of(undefined);
    await clock.advance(269_999);
    expect(basket.of(undefined)).toBe('Bearer token-1');
    expect(requests).toHaveLength(1);
    await clock.advance(1);
    expect(basket.of(undefined)).toBe('Bearer token-1');
    await settle();
    expect(requests).toHaveLength(2);
    await clock.advance(299_001);
    expect(await basket.of(undefined)).toBe('Bearer token-3');
  });

  it('serves on to its end while the issuer is down, and fails after it', async () => {
    const basket = source();
    await basket.of(undefined);
    answer = () => Promise.reject(new ProviderUnreachable('down'));
    await clock.advance(298_999);
    expect(basket.of(undefined)).toBe('Bearer token-1');
    await settle();
    await clock.advance(1);
    await expect(basket.of(undefined)).rejects.toMatchObject({ code: 'AUTHORITY_UNAVAILABLE' });
  });

  it('is not shown again once the service has refused it', async () => {
    const basket = source();
    basket.refused(await basket.of(asked(user, 'anns')));
    expect(await basket.of(asked(user, 'anns'))).toBe('Bearer token-2');
  });

  it('gives way to those of users who came later', async () => {
    const basket = source({}, 2);
    for (const subject of ['anns', 'bobs', 'eves', 'anns']) await basket.of(asked(user, subject));
    expect(requests).toHaveLength(4);
  });

  it('that is refused for the token of a session means that the session is over', async () => {
    answer = () => Promise.reject(refusal('invalid_request'));
    await expect(source().of(asked(user, () => 'of a session'))).rejects.toMatchObject({ code: 'SESSION_MISSING' });
  });

  it.each([
    ['invalid_request', asked(user, 'anns'), 'TOKEN_INVALID'],
    ['invalid_grant', asked(user, 'anns'), 'TOKEN_INVALID'],
    ['invalid_target', asked(user, 'anns'), 'INTERNAL'],
    ['invalid_scope', asked(user, 'anns'), 'INTERNAL'],
    ['invalid_client', undefined, 'INTERNAL'],
    ['invalid_request', undefined, 'INTERNAL'],
  ])('that is refused with %s fails the call, and says nothing of what the issuer said', async (error, context, code) => {
    answer = () => Promise.reject(refusal(error));
    const failure = await Promise.resolve(source().of(context)).catch((reason: unknown) => reason);
    expect(failure).toMatchObject({ code });
    expect(String((failure as Error).message)).not.toContain('secret');
  });
});

import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noEndpoint, type Endpoint, type PorticoError, type RequestContext, type Resolve } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { fetchJson, LittleIssuer, newKey, signToken } from '../test/little-issuer.js';
import { AllowClients, Public, Scopes } from './access.decorators.js';
import { authenticate } from './authenticate.policy.js';
import { authorize } from './authorize.policy.js';
import { TokenVerifier } from './token-verifier.js';

class Undeclared {
  read(): void {}
}

@Public()
class Catalog {
  @Scopes('shop.read', 'shop.write')
  change(): void {}
  list(): void {}
}

@Scopes('shop.read')
class Basket {
  read(): void {}
  @Public()
  badge(): void {}
  @Scopes()
  profile(): void {}
  @AllowClients()
  feed(): void {}
}

type Controller = abstract new () => object;
function endpoint(controller: Controller, handler: string, kind: Endpoint['kind'] = 'operation'): Endpoint {
  const method = (controller.prototype as Record<string, object>)[handler] as object;
  return {
    kind,
    name: `${controller.name}.${handler}`,
    method: 'GET',
    path: `/${handler}`,
    declared: (key) => Reflect.getMetadata(key, method) ?? Reflect.getMetadata(key, controller),
  };
}

const key = newKey('k');
const clock = new ManualClock();
let issuer: LittleIssuer;
let resolve: Resolve;

beforeAll(async () => {
  issuer = await LittleIssuer.start(key);
  const verifier = new TokenVerifier({ issuer: issuer.url, audience: 'bff' }, { clock, fetchJson });
  resolve = (() => verifier) as unknown as Resolve;
});
afterAll(() => issuer.stop());

const bearer = (over: Record<string, unknown> = {}) => `Bearer ${signToken(key, {}, { ...issuer.claims('bff', clock.epochMs()), ...over })}`;

async function ask(target: Endpoint, authorization?: string | string[]): Promise<RequestContext> {
  const context = testContext({ endpoint: target, headers: authorization === undefined ? {} : { authorization } });
  for (const policy of [authenticate(), authorize()]) await policy.compile(target, resolve)?.inbound?.(context);
  return context;
}
const refusal = (target: Endpoint, authorization?: string | string[]): Promise<PorticoError> =>
  ask(target, authorization).then(
    () => Promise.reject(new Error('The request was let through')),
    (error: PorticoError) => error,
  );

describe('Authentication', () => {
  it('sets the caller, whatever the case of the scheme', async () => {
    const text = bearer();
    for (const field of [text, text.replace('Bearer', 'bEARER'), text.replace(' ', '  ')]) {
      expect((await ask(endpoint(Basket, 'read'), field)).caller.id).toBe('alice');
    }
  });

  it('leaves a request without credential anonymous, and one with another scheme', async () => {
    expect((await ask(endpoint(Catalog, 'list'))).caller.kind).toBe('anonymous');
    expect((await ask(endpoint(Catalog, 'list'), 'Basic YTpi')).caller.kind).toBe('anonymous');
  });

  it.each(['Bearer', 'Bearer ', 'bearer a b', 'Bearer a,b', 'Bearer x.y.z'])('refuses %j on a public operation too', async (field) => {
    expect(await refusal(endpoint(Catalog, 'list'), field)).toMatchObject({ code: 'TOKEN_INVALID', headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
  });

  it('refuses two Authorization fields', async () => {
    expect((await refusal(endpoint(Catalog, 'list'), [bearer(), bearer()])).code).toBe('TOKEN_INVALID');
  });

  it('refuses a bad token at an unknown address, so that nobody learns which addresses exist', async () => {
    expect((await refusal(noEndpoint, 'Bearer x.y.z')).code).toBe('TOKEN_INVALID');
    await expect(ask(noEndpoint)).resolves.toBeDefined();
  });

  it('leaves system endpoints alone', async () => {
    expect((await ask(endpoint(Undeclared, 'read', 'system'), 'Bearer probe')).caller.kind).toBe('anonymous');
  });

  it('returns no promise for a token that is known', async () => {
    const text = bearer();
    await ask(endpoint(Basket, 'read'), text);
    const context = testContext({ headers: { authorization: text } });
    expect(authenticate().compile(endpoint(Basket, 'read'), resolve)?.inbound?.(context)).toBeUndefined();
    expect(context.caller.id).toBe('alice');
  });
});

describe('Authorization', () => {
  it('closes an operation that declares nothing, to everybody', async () => {
    expect(await refusal(endpoint(Undeclared, 'read'))).toMatchObject({ code: 'OPERATION_FORBIDDEN', status: 403 });
    expect((await refusal(endpoint(Undeclared, 'read'), bearer())).code).toBe('OPERATION_FORBIDDEN');
  });

  it('challenges a request without credential by Bearer alone', async () => {
    expect(await refusal(endpoint(Basket, 'read'))).toMatchObject({ code: 'TOKEN_MISSING', status: 401, headers: { 'www-authenticate': 'Bearer' } });
  });

  it('needs every scope, and names them all', async () => {
    expect(await refusal(endpoint(Catalog, 'change'), bearer({ scope: 'shop.read' }))).toMatchObject({
      code: 'SCOPE_INSUFFICIENT',
      status: 403,
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="shop.read shop.write"' },
    });
    await expect(ask(endpoint(Catalog, 'change'), bearer())).resolves.toBeDefined();
  });

  it('checks the scopes of each operation after a remembered token too', async () => {
    const text = bearer({ scope: 'shop.read' });
    await ask(endpoint(Basket, 'read'), text);
    expect((await refusal(endpoint(Catalog, 'change'), text)).code).toBe('SCOPE_INSUFFICIENT');
  });

  it("lets the handler's word outrank its controller's, either way", async () => {
    expect((await refusal(endpoint(Catalog, 'change'))).code).toBe('TOKEN_MISSING');
    await expect(ask(endpoint(Basket, 'badge'))).resolves.toBeDefined();
    await expect(ask(endpoint(Basket, 'profile'), bearer({ scope: null }))).resolves.toBeDefined();
  });

  it('takes no client application for a user, unless the operation allows it', async () => {
    const client = bearer({ sub: 'svc', client_id: 'svc' });
    expect((await refusal(endpoint(Basket, 'read'), client)).code).toBe('OPERATION_FORBIDDEN');
    expect((await ask(endpoint(Basket, 'feed'), client)).caller.kind).toBe('client');
  });

  it('has nothing to do on public operations, system endpoints and unknown addresses', () => {
    for (const target of [endpoint(Catalog, 'list'), endpoint(Undeclared, 'read', 'system'), noEndpoint]) {
      expect(authorize().compile(target, resolve)).toBeUndefined();
    }
  });
});

describe('Declaring access', () => {
  it('refuses a name that is no scope', () => {
    expect(() => Scopes('a"b')).toThrow(TypeError);
    expect(() => Scopes('a b')).toThrow(TypeError);
  });

  it('refuses two contradicting words on one handler', () => {
    class Twice {
      read(): void {}
    }
    const descriptor = Object.getOwnPropertyDescriptor(Twice.prototype, 'read') as PropertyDescriptor;
    Public()(Twice.prototype, 'read', descriptor);
    expect(() => Scopes('x')(Twice.prototype, 'read', descriptor)).toThrow('read is declared twice');
  });
});

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InteractionResults, Provider } from 'oidc-provider';
import Type from 'typebox';
import { badRequest } from '../server/http-error.js';
import type { ServiceApp } from '../server/service-app.js';
import { loginPage } from './login-page.js';
import { userByName } from './users.js';

const UidParams = Type.Object({ uid: Type.String() });
const LoginForm = Type.Object({ user: Type.String() });

/** Answers the provider's prompts: a known `login_hint` signs in at once, anybody else sees the page; consent is never asked for. */
export function addInteraction(app: ServiceApp, provider: () => Provider): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))));

  const finish = async (request: FastifyRequest, reply: FastifyReply, result: InteractionResults): Promise<FastifyReply> =>
    reply.redirect(await provider().interactionResult(request.raw, reply.raw, result), 303);

  app.get('/interaction/:uid', { schema: { operationId: 'showLogin', params: UidParams } }, async (request, reply) => {
    const { prompt, params } = await provider().interactionDetails(request.raw, reply.raw);
    if (prompt.name !== 'login') return finish(request as FastifyRequest, reply as FastifyReply, { consent: {} });
    const user = userByName(params.login_hint);
    if (user) return finish(request as FastifyRequest, reply as FastifyReply, { login: { accountId: user.accountId } });
    return reply.type('text/html; charset=utf-8').header('content-security-policy', "default-src 'none'; frame-ancestors 'none'").send(loginPage(request.params.uid));
  });

  app.post('/interaction/:uid', { schema: { operationId: 'login', params: UidParams, body: LoginForm } }, async (request, reply) => {
    const user = userByName(request.body.user);
    if (!user) throw badRequest('user: unknown');
    return finish(request as FastifyRequest, reply as FastifyReply, { login: { accountId: user.accountId } });
  });
}

import type { FastifyError } from 'fastify';
import { RefusedError } from '../access/refused-error.js';
import { HttpError } from './http-error.js';
import type { ServiceApp } from './service-app.js';

/**
 * Answers every failure as JSON `{ "error": … }`.
 *
 * @param report receives what was not foreseen; such a request is answered 500 without detail
 */
export function useErrorAnswers(app: ServiceApp, report: (error: unknown) => void): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not found' }));
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error instanceof RefusedError) return reply.code(error.statusCode).header('www-authenticate', error.challenge).send(error.body);
    if (error instanceof HttpError) return reply.code(error.statusCode).send(error.body);
    if (error.validation) return reply.code(400).send({ error: 'bad request', detail: error.message });
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: status === 400 ? 'bad request' : 'refused', detail: error.message });
    report(error);
    return reply.code(500).send({ error: 'internal error' });
  });
}

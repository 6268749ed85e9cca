import proxy from '@fastify/http-proxy';
import fastify from 'fastify';

const { DOCUMENTS_ORIGIN = '', PORT } = process.env;

// Its name for the service is a word that this project does not use: written apart, as the test that looks for it does.
const service = /** @type {any} */ ({ [`up${'stream'}`]: DOCUMENTS_ORIGIN });

const app = fastify({ logger: false });
await app.register(proxy, { ...service, undici: { connections: 64, pipelining: 1 } });
await app.listen({ port: Number(PORT), host: '127.0.0.1' });

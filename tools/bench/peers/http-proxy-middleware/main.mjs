import { Agent } from 'node:http';
import express from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';

const { DOCUMENTS_ORIGIN = '', PORT } = process.env;

const app = express();
app.disable('x-powered-by');
app.use(createProxyMiddleware({ target: DOCUMENTS_ORIGIN, agent: new Agent({ keepAlive: true, maxSockets: 64 }) }));
app.listen(Number(PORT), '127.0.0.1');

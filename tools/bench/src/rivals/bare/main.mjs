import { createServer } from 'node:http';
import { operations } from './product-screen.mjs';
import { service } from './service.mjs';

const { CATALOG_ORIGIN, PRICING_ORIGIN, REVIEWS_ORIGIN, PORT } = process.env;

const { head, screen, screenWithinDeadline, sharedScreen, list } = operations({
  catalog: service(CATALOG_ORIGIN),
  pricing: service(PRICING_ORIGIN),
  reviews: service(REVIEWS_ORIGIN),
});

/** @type {Record<string, (rest: string) => Promise<object>>} */
const routes = {
  '/w0/': head,
  '/w1/': screen,
  '/w3?': (query) => list(Number(query.slice('offset='.length))),
  '/w4/': screenWithinDeadline,
  '/w6/': sharedScreen,
};

createServer(async (request, response) => {
  const url = request.url ?? '';
  try {
    const operation = routes[url.slice(0, 4)];
    if (!operation) return void response.writeHead(404).end();
    const body = Buffer.from(JSON.stringify(await operation(url.slice(4))));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length });
    response.end(body);
  } catch {
    response.writeHead(502).end();
  }
}).listen(Number(PORT), '127.0.0.1');

import { bench, describe } from 'vitest';
import type { FastifyReply } from 'fastify';
import { isDeeperThan } from './json-depth.js';
import { pathFault } from './path-fault.js';
import { requestFault } from './request-fault.js';
import { securityFields } from './security-fields.js';
import { SingleFields } from './single-fields.js';

describe('a request as a browser sends it', () => {
  const browser = [
    'Host', 'shop.example', 'Connection', 'keep-alive', 'sec-ch-ua', '"Chromium";v="130"', 'Accept', 'application/json', 'X-CSRF', '1', 'sec-ch-ua-mobile', '?0', 'User-Agent', 'Mozilla/5.0', 'sec-ch-ua-platform', '"Linux"',
    'Origin', 'https://shop.example', 'Sec-Fetch-Site', 'same-origin', 'Sec-Fetch-Mode', 'cors', 'Sec-Fetch-Dest', 'empty', 'Referer', 'https://shop.example/', 'Accept-Encoding', 'gzip', 'Accept-Language', 'en', 'Cookie', 'a=b',
  ];
  const raw = { method: 'GET', url: '/api/products/p-0001?page=2', rawHeaders: browser, httpVersionMinor: 1 };
  const single = new SingleFields('x-api-key');
  bench('its fields and target', () => void requestFault(raw, single));
  bench('its path', () => void pathFault(raw.url));
});

describe('an answer', () => {
  const answer = ['content-type', 'application/json', 'content-length', '120', 'date', 'Thu, 01 Jan 1970 00:00:00 GMT', 'etag', '"a"', 'server', 'a', 'x-correlation-id', 'a', 'vary', 'accept', 'cache-control', 'no-cache'];
  const fields = new Map<string, unknown>();
  const reply = { hasHeader: (name: string) => fields.has(name), header: (name: string, value: unknown) => fields.set(name, value) } as unknown as FastifyReply;
  bench('its fields, copied', () => void answer.slice());
  bench('its fields, copied and completed', () => securityFields.completeFields(answer.slice()));
  bench('a reply, completed', () => {
    fields.clear();
    securityFields.completeReply(reply);
  });
});

describe('a body', () => {
  const body = JSON.stringify({ lines: Array.from({ length: 200 }, (_, index) => ({ productId: `p-${index}`, quantity: index, note: 'a "quoted" word', tags: ['a', 'b'] })) });
  bench('its depth', () => void isDeeperThan(32, body));
  bench('JSON.parse', () => void JSON.parse(body));
});

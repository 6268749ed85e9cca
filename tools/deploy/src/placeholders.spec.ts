import { expect, it } from 'vitest';
import { readBff, readPush } from './apps.js';

it.each([
  ['REDIS_URL', (env: Record<string, string>) => readBff('web-bff', env)],
  ['PORTICO_SESSION_TRANSACTION_KEY', (env: Record<string, string>) => readBff('web-bff', env)],
  ['PORTICO_PUSH_ACCESS_KEY', (env: Record<string, string>) => readPush(env)],
])('no app starts on the placeholder of %s', (variable, start) => {
  expect(() => start({ [variable]: 'replace-me' })).toThrow(variable);
});

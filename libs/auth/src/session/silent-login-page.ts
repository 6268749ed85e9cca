import { randomBytes } from 'node:crypto';
import { RequestQuery } from './request-query.js';
import { noStore, type SessionEndpoint } from './session-endpoint.js';
import type { SessionSite } from './session-site.js';

const results = ['ok', 'login_required'];

/**
 * `silent-login-callback`: the page that ends a silent login in a frame. It tells the page around it, on this very origin, `{ source: 'portico-silent-login', result }` with
 * `ok`, `login_required` or `unknown`. That is a hint, for anybody can open the page: what counts is what `user` answers.
 */
export function silentLoginPage({ origin }: SessionSite): SessionEndpoint {
  return async ({ url }) => {
    const asked = new RequestQuery(url).value('result') ?? '';
    const message = JSON.stringify({ source: 'portico-silent-login', result: results.includes(asked) ? asked : 'unknown' });
    const nonce = randomBytes(16).toString('base64');
    const body = `<!doctype html><meta charset="utf-8"><title>Silent login</title><script nonce="${nonce}">parent.postMessage(${message}, ${JSON.stringify(origin)})</script>\n`;
    const policy = `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'self'`;
    return { status: 200, headers: [['content-type', 'text/html; charset=utf-8'], ['content-security-policy', policy], noStore], body };
  };
}

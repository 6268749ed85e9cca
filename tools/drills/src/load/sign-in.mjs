import { sites } from '../composed.mjs';

/** Steps between the web shop and the issuer; more means that they send each other around. */
const mostSteps = 15;

/**
 * Signs somebody in at the web shop as a browser does: there, at the issuer, and back.
 * @param {import('../composed.mjs').Composed} composed
 * @param {string} user
 * @returns {Promise<Record<string, string>>} fields of requests of that session
 * @throws {Error} when it does not come to a session
 */
export async function signIn(composed, user) {
  /** @type {Map<string, Map<string, string>>} */
  const jars = new Map();
  const jarOf = (/** @type {string} */ host) => jars.get(host) ?? /** @type {Map<string, string>} */ (jars.set(host, new Map()).get(host));
  const cookies = (/** @type {string} */ host) => [...jarOf(host)].map(([name, value]) => `${name}=${value}`).join('; ');

  let url = new URL(`https://${sites.web}:${composed.port}/bff/login`);
  let form = '';
  for (let step = 0; step < mostSteps; step++) {
    const { hostname } = url;
    const posts = form !== '' && { method: 'POST', body: form };
    const answer = await composed.ask(hostname, url.pathname + url.search, { ...posts, headers: { cookie: cookies(hostname), ...(posts && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(form.length) }) } });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') jarOf(hostname).delete(name);
      else jarOf(hostname).set(name, value);
    }
    if (jarOf(sites.web).has('__Host-portico')) return { cookie: cookies(sites.web), 'x-csrf': '1' };
    const action = /action="([^"]+)"/.exec(answer.body)?.[1];
    const next = answer.headers.location ?? action;
    if (next === undefined) throw new Error(`No way from ${url.href}: ${answer.status} ${answer.body.slice(0, 200)}`);
    form = answer.headers.location === undefined ? `user=${user}` : '';
    url = new URL(next, url);
  }
  throw new Error(`${user} was not signed in after ${mostSteps} steps.`);
}

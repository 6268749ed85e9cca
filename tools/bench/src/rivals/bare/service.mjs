import { Pool } from 'undici';

/**
 * One service behind one undici pool.
 * @param {string | undefined} origin
 * @returns {(path: string, signal?: AbortSignal) => Promise<any>} its parsed JSON; rejects unless the service answers 200
 */
export function service(origin) {
  if (!origin) throw new Error('an origin of a service is missing in the environment');
  const pool = new Pool(origin, { connections: 64, pipelining: 1 });
  return async (path, signal) => {
    const { statusCode, body } = await pool.request({ path, method: 'GET', ...(signal && { signal }) });
    if (statusCode === 200) return body.json();
    await body.dump();
    throw new Error(`a service answered ${statusCode}`);
  };
}

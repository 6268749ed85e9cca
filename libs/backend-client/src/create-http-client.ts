import type { AxiosInstance } from 'axios';
import type { BackendClient } from './backend-client.js';

/** An axios instance that calls through `client`. Axios is loaded here, when somebody wants it, and not at start. */
export async function createHttpClient(client: BackendClient): Promise<AxiosInstance> {
  const [{ default: axios }, { createAxiosAdapter }] = await Promise.all([import('axios'), import('./axios-adapter.js')]);
  return axios.create({ adapter: createAxiosAdapter(client) });
}

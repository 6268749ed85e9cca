import * as http from 'node:http';
import * as https from 'node:https';

/** Begins a request of Node's own client, over TLS where the address says so; for specs that have to hold the connection in their hands. */
export function sendRequest(url: string, options: http.RequestOptions): http.ClientRequest {
  return (url.startsWith('https:') ? https : http).request(url, options);
}

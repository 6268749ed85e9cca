import 'reflect-metadata';
import type { Server } from 'node:http';
import { anonymousCaller, systemClock } from '@portico/core';
import { HubEndpoint, HubOptions, HubServer, jsonHubProtocol, messagePackHubProtocol, queryOf } from '@portico/realtime';

const path = '/hubs/bench';

/** Puts Portico's hub on a server, without a BFF around it: a push is measured, not a login. `to` is `all` or a group. */
export function openHub(server: Server): { send(to: string, message: object): void } {
  const groups = new Map<string, string>();
  const options = new HubOptions();
  const hub = new HubServer(
    {
      name: 'bench',
      methods: [],
      connected: (connection) => {
        connection.join(groups.get(connection.id) ?? '');
        groups.delete(connection.id);
      },
    },
    options,
    { clock: systemClock, protocols: [jsonHubProtocol, messagePackHubProtocol] },
  );
  const endpoint = new HubEndpoint(options, { clock: systemClock, open: hub.open, admit: () => undefined });
  server.on('request', (request, response) => {
    if (!request.url?.startsWith(`${path}/negotiate`)) return;
    const query = queryOf(request);
    const { status, body, connection } = endpoint.negotiate(query, anonymousCaller);
    if (connection) groups.set(connection.id, query.get('group') ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server.on('upgrade', (request, socket, head) => endpoint.upgrade(request, socket, head));
  return { send: (to, message) => (to === 'all' ? hub.clients.all : hub.clients.group(to)).send('price', message) };
}

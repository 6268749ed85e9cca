import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import type { PushEndpoint } from '@portico/realtime';

/** A service whose clients are connected to the push service: it sends them there, tells them news, and answers what they ask. */
export function createNewsService(push: PushEndpoint, userOf: (request: IncomingMessage) => string | undefined): Server {
  return createServer(async (request, response) => {
    const body = await text(request);
    const answer = (status: number, json?: object): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(json && JSON.stringify(json));
    if (request.url?.startsWith('/negotiate')) {
      answer(200, push.clientAccess('news', { userId: userOf(request) }));
    } else if (request.url === '/publish') {
      await push.hub('news').all.send('published', JSON.parse(body));
      answer(202);
    } else if (request.url === '/events/messages/readersOf' && push.isFromPush(request.headers)) {
      const { invocationId, arguments: [title] } = JSON.parse(body) as { invocationId?: string; arguments: [string] };
      answer(200, { type: 3, invocationId, result: { title, readers: 3 } });
    } else answer(404);
  });
}

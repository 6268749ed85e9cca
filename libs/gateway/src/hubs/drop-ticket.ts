import type { IncomingHttpHeaders } from 'node:http';
import { isHubTicket } from '@portico/realtime';

const bearer = /^bearer +/i;

/**
 * Takes the ticket of an earlier connection out of a negotiation: the official client sends it along when it comes back or tries another transport, and there it stands for nothing.
 * Left in, it would be taken for an access token that is not good.
 */
export function dropTicket(headers: IncomingHttpHeaders): void {
  const field = headers.authorization;
  if (field !== undefined && bearer.test(field) && isHubTicket(field.replace(bearer, ''))) delete headers.authorization;
}

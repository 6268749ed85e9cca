import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What every ticket begins with, so that nobody takes one for an access token. */
const mark = 'hub.';

/**
 * The tickets by which transports are known: each is good for one connection, as long as that lasts, and for nothing else. Negotiate gives them out as `accessToken`; they are made with a key that
 * never leaves this process, so that only its own are good.
 */
export class HubTickets {
  readonly #key = randomBytes(32);

  /** The ticket of a connection, by its token. */
  of(connectionToken: string): string {
    return mark + this.#digest(connectionToken).toString('base64url');
  }

  /** Whether a ticket is that of a connection; compared in constant time. */
  isGood(ticket: string, connectionToken: string): boolean {
    if (!isHubTicket(ticket)) return false;
    const given = Buffer.from(ticket.slice(mark.length), 'base64url');
    const right = this.#digest(connectionToken);
    return given.length === right.length && timingSafeEqual(given, right);
  }

  #digest(connectionToken: string): Buffer {
    return createHmac('sha256', this.#key).update(connectionToken).digest();
  }
}

/** Whether a text has the form of a ticket, of whichever process. */
export function isHubTicket(text: string): boolean {
  return text.startsWith(mark);
}

import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** How many requests a service remembers. */
export const journalSize = 50;

/** A request as a test wants to see it. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** True once the client has gone before the answer was finished; a fault that broke the answer does not count. */
  readonly aborted: boolean;
}

/** The last requests of a service, newest last. */
export class RequestJournal {
  private entries: { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] }[] = [];
  private readonly broken = new WeakSet<ServerResponse>();

  /** Notes a request, and later whether its client left early. */
  record(request: IncomingMessage, response: ServerResponse): void {
    const entry = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, aborted: false };
    this.entries.push(entry);
    if (this.entries.length > journalSize) this.entries.shift();
    response.once('close', () => {
      entry.aborted = !response.writableFinished && !this.broken.has(response);
    });
  }

  /** Says that the service itself is about to cut this answer off. */
  breakOff(response: ServerResponse): void {
    this.broken.add(response);
  }

  list(): readonly RecordedRequest[] {
    return this.entries;
  }

  clear(): void {
    this.entries = [];
  }
}

import type { Readable } from 'node:stream';
import type { HeaderList } from './header-list.js';

/** What a configured route is about to send to its service. Inbound and backend policies may change it until it is sent. */
export interface ForwardRequest {
  /** Name of the service; empty for an aggregate, of whose request each part's own is made: its header fields, query and values count, path and method do not. */
  readonly service: string;
  method: string;
  /** Path as it is sent, percent-encoded. */
  path: string;
  /** Query as it is sent, without its question mark; empty when there is none. */
  query: string;
  readonly headers: HeaderList;
  /** What the route's template caught of path, query and headers, decoded. */
  readonly values: Readonly<Record<string, string>>;
  /** The body on its way in; undefined when there is none. Whoever reads the stream replaces it by what is to be sent. */
  body: Readable | Buffer | undefined;
  /** Address of the instance that answered, with what stands before every path; undefined until one has. */
  serviceBaseUrl: string | undefined;
}

/** A service's answer on its way back: head received, body perhaps still coming. Backend policies may replace any of it. */
export interface ServiceAnswer {
  status: number;
  readonly headers: HeaderList;
  /** Bytes where all of them are there, else a stream; whoever drops a stream destroys it. */
  body: Buffer | Readable;
}

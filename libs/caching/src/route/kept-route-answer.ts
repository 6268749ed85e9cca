import type CachePolicy from 'http-cache-semantics';

/** What is known of a kept answer, besides its body. Plain data: a store may write it as JSON. */
export interface KeptHead {
  readonly kind: 'answer';
  /** Under which it is purged. */
  readonly region: string;
  /** The service and the path and query sent to it, by which it is purged and invalidated. */
  readonly uri: string;
  /** Whom it is for: one of `ownerOf()`, or everyone. */
  readonly owner: string;
  /** Request header fields by which it was selected (RFC 9111 4.1). */
  readonly vary: readonly string[];
  /** Digest of their values. */
  readonly selection: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Of an answer to HEAD, which has no body to measure: its `content-length`, or ''. */
  readonly headLength: string | undefined;
  /** When it was received, in ms since the Unix epoch, and how old it was then. */
  readonly receivedAtMs: number;
  readonly initialAgeMs: number;
  /** Freshness lifetime, in ms of its age. */
  readonly lifetimeMs: number;
  /** How long after it the answer may be given during a refresh, and in place of a failed call, in ms. */
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
  /** The service forbids to give it when it is no longer fresh, whatever a client would take. */
  readonly forbidsStale: boolean;
  /** What the library needs to judge requests with directives of their own; undefined where those do not count. */
  readonly policy: CachePolicy.CachePolicyObject | undefined;
}

/** A kept answer. Never handed to a request as it is: each gets copies. */
export interface KeptRouteAnswer extends KeptHead {
  readonly body: Buffer;
}

/** Stands where the answers differ by request header fields: says which. */
export interface VaryMarker {
  readonly kind: 'vary';
  readonly region: string;
  readonly uri: string;
  readonly vary: readonly string[];
}

/** What lies under a key. */
export type RouteEntry = KeptRouteAnswer | VaryMarker;

/** The owner of answers that are the same for everyone. */
export const everyone = '*';

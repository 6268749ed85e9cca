import type { Awaitable } from './policy.js';

/** The access token by which the caller is known, to be exchanged for those of services (RFC 8693) and never passed on: its text, or what brings one that is good now. */
export type SubjectToken = string | (() => Awaitable<string>);

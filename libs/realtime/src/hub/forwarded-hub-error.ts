import { HubError } from './hub-error.js';

/** An error whose message is all that the client is told, without a word of this side: for a hub that passes on what somebody else has answered. */
export class ForwardedHubError extends HubError {}

import { ForwardedHubError } from './forwarded-hub-error.js';
import { HubError } from './hub-error.js';

/** What a client is told of an error: official servers call a `HubError` a HubException, and so clients know it by that name. Of any other error it learns nothing. */
export function errorText(text: string, error: unknown): string {
  return error instanceof HubError ? `${text} HubException: ${error.message}` : text;
}

/** The same for a call of a method. */
export function callErrorText(method: string, error: unknown): string {
  return error instanceof ForwardedHubError ? error.message : errorText(`An unexpected error occurred invoking '${method}' on the server.`, error);
}

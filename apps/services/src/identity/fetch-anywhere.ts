/**
 * The provider's way to its clients, for their keys and their logout endpoints. The provider refuses addresses that are
 * not public by a dispatcher of its own; this shop's clients are at home on loopback, so that one is left out. Which
 * addresses are asked is up to the settings alone.
 */
export function fetchAnywhere(input: string | URL | Request, init: RequestInit & { dispatcher?: unknown } = {}): Promise<Response> {
  const { dispatcher: _refused, ...rest } = init;
  return fetch(input, { redirect: 'error', ...rest });
}

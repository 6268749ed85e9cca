/** An error of a hub's method whose message may reach the client (SignalR's `HubException`). */
export class HubError extends Error {
  override readonly name = 'HubError';
}

import type { Client, Provider } from 'oidc-provider';

/** The cache of a client's published keys; the provider keeps it to itself. */
interface KeyCache {
  readonly asymmetricKeyStore?: { freshUntil?: number | undefined };
}

/**
 * Hands on what would otherwise be lost: errors of the provider, logout tokens that could not be delivered, keys of a
 * client that could not be fetched.
 */
export function reportTrouble(provider: Provider, report: (error: unknown) => void): void {
  provider.on('server_error', (_ctx, error) => report(error));
  provider.on('backchannel.error', (_ctx, error, client, _accountId, sid) =>
    report(new Error(`the logout of session ${sid} did not reach ${client.clientId} at ${client.backchannelLogoutUri}: ${reason(error)}`, { cause: error })),
  );
  provider.on('grant.error', (ctx, error) => {
    const { Client: client } = ctx.oidc.entities;
    if (error.error !== 'invalid_client' || client?.jwksUri === undefined) return;
    // A client that has just started again has other keys than those kept for a minute; its next request has them fetched.
    forgetKeys(client);
    const trouble = keyTrouble(error);
    if (trouble) report(new Error(`the keys of ${client.clientId} at ${client.jwksUri} cannot be had: ${trouble}`, { cause: error }));
  });
}

function forgetKeys(client: Client): void {
  const { asymmetricKeyStore } = client as Client & KeyCache;
  if (asymmetricKeyStore) asymmetricKeyStore.freshUntil = undefined;
}

/** Why the keys could not be fetched; undefined if the request was refused for another reason. */
function keyTrouble(error: unknown): string | undefined {
  const failed = causesOf(error).some(({ message }) => message === 'invalid_client_metadata');
  return failed ? reason(error) : undefined;
}

/** What is at the bottom of an error: on top of it stands "fetch failed" only. */
const reason = (error: unknown): string => causesOf(error).findLast(({ message }) => message !== '')?.message ?? 'no reason known';

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

import type { AddressInfo, Server } from 'node:net';

/** Listens on a free port, in both address families where the machine has them: `localhost` may be either. */
export async function listen(server: Server): Promise<number> {
  const on = (host: string): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: 0, host }, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  await on('::').catch(() => on('127.0.0.1'));
  return (server.address() as AddressInfo).port;
}

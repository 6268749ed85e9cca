import type { BffName } from './audience.js';

/** Loopback redirect of native clients: any port, exactly this path (RFC 8252, 7.3). */
export const loopbackRedirect = 'http://127.0.0.1/callback';

/** The client by which a command line gets a token for each BFF; the web BFF's own client is confidential. */
export const commandLineClients: Readonly<Record<BffName, string>> = { web: 'portico-cli', mobile: 'shop-mobile', desktop: 'shop-desktop' };

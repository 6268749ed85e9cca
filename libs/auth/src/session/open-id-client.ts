/** The package for OpenID Connect, loaded on first use: a gateway starts without it. */
export const openIdClient = (): Promise<typeof import('openid-client')> => import('openid-client');

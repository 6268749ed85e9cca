import { makeClientKeyPair, startTestShop, type TestBrowser, type TestShop } from '@portico/testing';

/** The origin under which browsers know the web BFF; a proxy ends TLS before it. */
export const origin = 'https://shop.example';

/** The cookie of a session there. */
export const sessionCookie = '__Host-portico';

/** A shop to whose identity service the web BFF is known. */
export interface LoginShop extends TestShop {
  /** Address of the identity service. */
  readonly identity: string;
  /** File with the private key by which it knows the web BFF. */
  readonly clientKeyFile: string;
  /** How the identity service misbehaves from now on; with `{}` it does not. */
  provider(faults: object): Promise<void>;
  /** How often it was asked for tokens, among its latest requests. */
  tokenRequests(): Promise<number>;
}

/**
 * Starts it.
 * @param settings further ones of its services, as environment variables; the key is the web BFF's for calls to services, too
 */
export async function startLoginShop(settings: Readonly<Record<string, string>> = {}): Promise<LoginShop> {
  const key = await makeClientKeyPair();
  const shop = await startTestShop({ SHOP_WEB_JWKS: key.jwks, WEB_BFF_JWKS: key.jwks, SHOP_WEB_REDIRECT_URIS: `${origin}/bff/callback`, SHOP_WEB_POST_LOGOUT_REDIRECT_URIS: `${origin}/`, ...settings });
  const identity = shop.origins['identity'] ?? '';
  return {
    ...shop,
    identity,
    clientKeyFile: key.file,
    provider: async (faults) => {
      const { status } = await fetch(`${identity}/__faults/identity`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(faults) });
      if (status !== 200) throw new Error(`The identity service refused the faults: ${status}`);
    },
    tokenRequests: async () => (await shop.requests('identity')).filter(({ method, url }) => method === 'POST' && url === '/token').length,
    close: async () => {
      await shop.close();
      await key.remove();
    },
  };
}

/** Begins a login, signs in as Ann when the provider asks, and stops before the callback. */
export async function callbackOf(browser: TestBrowser, identity: string, query = ''): Promise<URL> {
  const until = `${origin}/bff/callback`;
  const asked = await browser.visit(`${origin}/bff/login${query}`, {}, until);
  const form = /action="([^"]+)"/.exec(asked.text)?.[1];
  const { location } = form ? await browser.visit(`${identity}${form}`, { form: { user: 'ann' } }, until) : asked;
  if (!location) throw new Error(`No way back: ${asked.status} ${asked.text}`);
  return location;
}

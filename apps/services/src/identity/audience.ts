/** The BFFs a token can be for. */
export const bffNames = ['web', 'mobile', 'desktop'] as const;

/** A BFF a token can be for. */
export type BffName = (typeof bffNames)[number];

/** The `aud` of each BFF's access tokens. */
export const audiences: Readonly<Record<BffName, string>> = {
  web: 'https://web.portico.example',
  mobile: 'https://mobile.portico.example',
  desktop: 'https://desktop.portico.example',
};

/** What any user of the shop may be granted. */
export const userScopes: readonly string[] = ['shop.read', 'shop.write'];

/** What operators may be granted besides. */
export const operatorScope = 'shop.operate';

/** How long an access token is good for, in seconds. */
export const accessTokenSeconds = 15 * 60;

/** How long a token for a service is good for, in seconds: a BFF gets another one whenever it needs it. */
export const serviceTokenSeconds = 5 * 60;

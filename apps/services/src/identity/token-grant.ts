/** `grant_type` of a token exchange (RFC 8693, 2.1). */
export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** The one type of token that is exchanged and issued (RFC 8693, 3). */
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

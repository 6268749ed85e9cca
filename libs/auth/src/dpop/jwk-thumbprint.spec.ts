import { expect, it } from 'vitest';
import { essentialMembers, jwkThumbprint } from './jwk-thumbprint.js';

const n =
  '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';

it.each([
  ['RFC 7638 3.1', { kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' }, 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'],
  ['RFC 9449 6.1', { kty: 'EC', x: 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs', y: '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA', crv: 'P-256' }, '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I'],
  ['RFC 8037 A.3', { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }, 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'],
])('the thumbprint of a key is that of %s', (_source, jwk, thumbprint) => {
  expect(jwkThumbprint(essentialMembers(jwk))).toBe(thumbprint);
});

it.each([{ kty: 'oct', k: 'AA' }, { kty: 'toString' }, { kty: 'EC', crv: 'P-256', x: 'AA', y: 1 }, {}])('%j has none', (jwk) => {
  expect(() => essentialMembers(jwk)).toThrow(TypeError);
});

import { describe, expect, it } from 'vitest';
import { keyInAddress } from './key-in-address.js';

const isIn = keyInAddress('x-api-key');

describe('A key in an address', () => {
  it.each([
    '/p?api_key=a',
    '/p?apikey=a',
    '/p?x-api-key=a',
    '/p?X-API-Key',
    '/p?a=1&Api-Key=b&c=d',
    '/p?xapikey=',
    '/p?api_key[]=a',
    '/p?%61pi_key=a',
    '/p?a=%20&api%5Fkey=b',
    '/p?x-api-key%5B%5D=b',
    '/p?q=bffk_0123456789ab.secret',
    '/bffk_0123456789ab.secret/p',
  ])('is seen in %s', (url) => {
    expect(isIn(url)).toBe(true);
  });

  it.each(['/', '/p?key=a', '/p?api_key_id=a', '/p?apikeys=a', '/p?q=api_key', '/p?q=a%26api_key%3Db', '/api_key', '/api_key?a=1', '/p?my_api_key=1', '/p?%zz=1', '/p?', '/p?a=100%25'])('is not seen in %s', (url) => {
    expect(isIn(url)).toBe(false);
  });

  it('is seen by the name of another field, too', () => {
    expect([keyInAddress('x-partner-key')('/p?X-Partner-Key=a'), isIn('/p?x-partner-key=a'), keyInAddress('x.partner')('/p?x-partner=1')]).toEqual([true, false, false]);
  });
});

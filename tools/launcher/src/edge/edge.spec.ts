import { expect, it } from 'vitest';
import { choosePlaces } from '../places.mjs';
import { topology } from '../topology.mjs';
import { assertEdgeInstalled, behindEdge, edge, edgeAddresses } from './edge.mjs';

const places = choosePlaces([topology.services, ...topology.gateways, edge], { EDGE_PORT: '9443' });

it('the web BFF behind the edge, and who issues its tokens, know the address at which browsers are', () => {
  expect(behindEdge('web-bff', places)).toEqual({ PORTICO_HTTP_TRUSTED_PROXIES: '127.0.0.1', PORTICO_SESSION_PUBLIC_ORIGIN: 'https://shop.localhost:9443' });
  expect(behindEdge('services', places)).toEqual({ SHOP_WEB_REDIRECT_URIS: 'https://shop.localhost:9443/bff/callback', SHOP_WEB_POST_LOGOUT_REDIRECT_URIS: 'https://shop.localhost:9443/' });
});

it('a BFF without sessions is told only whom to believe', () => {
  expect(behindEdge('mobile-bff', places)).toEqual({ PORTICO_HTTP_TRUSTED_PROXIES: '127.0.0.1' });
});

it('the addresses of the edge are printed for each BFF', () => {
  expect(edgeAddresses(places)).toContain('https://shop.localhost:9443  web-bff\n  https://m.shop.localhost:9443  mobile-bff\n  https://desktop.shop.localhost:9443  desktop-bff\n');
});

it('an edge that is not installed is named with what to install', () => {
  expect(() => assertEdgeInstalled({ PATH: '/nowhere' })).toThrow('apt-get install nginx libnginx-mod-http-modsecurity modsecurity-crs openssl');
});

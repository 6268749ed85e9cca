import { bench, describe } from 'vitest';
import { Firewall } from './firewall.js';
import { loadNativeEngine } from './native-engine.js';

const firewall = new Firewall(loadNativeEngine(), { maxTexts: 1_000 });

const headers = {
  host: 'shop.example', connection: 'keep-alive', 'sec-ch-ua': '"Chromium";v="130"', accept: 'application/json', 'x-csrf': '1', 'sec-ch-ua-mobile': '?0', 'sec-ch-ua-platform': '"Linux"', origin: 'https://shop.example',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty',
  referer: 'https://shop.example/', 'accept-encoding': 'gzip', 'accept-language': 'en', cookie: `theme=dark; portico=${'Ab3_-'.repeat(16)}`,
};
const lines = Array.from({ length: 20 }, (_, index) => ({ productId: `p-${index}`, quantity: index + 1 }));
const review = { rating: 4, title: "Doesn't fit, but it's great", text: 'I ordered 2 or 3 of them & they "just work" -- 100% cotton; price < 20 $.\nSee https://shop.example/help' };

describe('a request as a browser sends it', () => {
  bench('a search', () => void firewall.inspect({ path: '/api/products', query: { q: 'red shoes', page: '2' }, headers }));
  bench('a basket of 20 lines', () => void firewall.inspect({ path: '/api/basket/lines', query: {}, headers, body: { lines } }));
  bench('a review', () => void firewall.inspect({ path: '/api/reviews', query: {}, headers, body: review }));
});

describe('a body of 256 KB', () => {
  bench('of prose', () => void firewall.inspect({ path: '/', query: {}, headers: {}, body: 'It is good, and I would buy it again; but the box was too large. '.repeat(4_000) }));
  bench('of what is hardest to read', () => void firewall.inspect({ path: '/', query: {}, headers: {}, body: '<a '.repeat(87_000) }));
});

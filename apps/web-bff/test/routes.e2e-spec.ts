import { createHash } from 'node:crypto';
import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

const given = withShop(webBff);

describe('GET /api/categories', () => {
  it('is the answer of the catalog, kept for everybody', async () => {
    const first = await given.bff.anonymous.get('/api/categories').expect(200);
    expect(first.body.items[0]).toEqual({ id: expect.any(String), name: expect.any(String), count: expect.any(Number) });
    const second = await given.bff.anonymous.get('/api/categories').expect(200);
    expect(second.headers['cache-status']).toMatch(/^portico; hit/);
    expect(second.body).toEqual(first.body);
  });

  it('takes no other method', async () => {
    const { headers, body } = await given.bff.anonymous.delete('/api/categories').expect(405);
    expect([headers.allow, body.code]).toEqual(['GET, HEAD', 'METHOD_NOT_ALLOWED']);
  });
});

describe('POST /api/reviews/graphql', () => {
  const query = 'query ProductReviews($id: ID!) { product(id: $id) { count average reviews(limit: 3) { rating title } } }';
  const ask = (body: object) => given.bff.anonymous.post('/api/reviews/graphql').send(body);

  it('answers a query of its list, by its text and by its digest', async () => {
    const expected = { product: { count: expect.any(Number), average: expect.any(Number), reviews: [1, 2, 3].map(() => ({ rating: expect.any(Number), title: expect.any(String) })) } };
    const byText = await ask({ query, variables: { id: 'p-0001' } }).expect(200);
    expect(byText.body.data).toEqual(expected);
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const byDigest = await ask({ extensions: { persistedQuery: { version: 1, sha256Hash } }, variables: { id: 'p-0001' } }).expect(200);
    expect(byDigest.body).toEqual(byText.body);
  });

  it('refuses every other query before the service sees it', async () => {
    await ask({ query: '{ product(id: "p-0001") { reviews { authorEmail } } }' }).expect(400);
  });
});

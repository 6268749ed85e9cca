import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

describe('/api/account', () => {
  const given = withShop(webBff);

  it("shows the caller's own account, and nothing that the service keeps to itself", async () => {
    const { body, text } = await given.bff.as().get('/api/account').expect(200);
    expect(body).toMatchObject({ id: 'c-ann', displayName: 'Ann Lindqvist', email: 'ann@shop.example', loyaltyTier: 'gold' });
    expect(body.addresses[0]).toEqual({ id: 'a-ann-1', label: 'Home', name: 'Ann Lindqvist', street: 'Lindenweg 57', city: 'Uppsala', postalCode: '753 20', countryCode: 'SE' });
    expect(text).not.toMatch(/password|riskNote|scrypt|createdAt/i);
  });

  it('changes what is sent and leaves the rest', async () => {
    const eve = given.bff.as({ user: 'c-eve' });
    const { body: before } = await eve.get('/api/account').expect(200);
    const { body } = await eve.patch('/api/account').send({ displayName: 'Eve M.', marketingOptIn: !before.marketingOptIn }).expect(200);
    expect(body).toEqual({ ...before, displayName: 'Eve M.', marketingOptIn: !before.marketingOptIn });
    expect((await eve.get('/api/account').expect(200)).body).toEqual(body);
    expect((await eve.get('/api/home').expect(200)).body.profile.displayName).toBe('Eve M.');
  });

  it('changes the addresses as a whole', async () => {
    const customer = given.bff.as({ user: 'c-0040' });
    const address = { id: 'a-new', label: 'Lab', name: 'N. N.', street: 'Main 1', postalCode: '10115', city: 'Berlin', countryCode: 'DE' };
    const { body } = await customer.patch('/api/account').send({ addresses: [address] }).expect(200);
    expect(body.addresses).toEqual([address]);
  });

  it('lists every fault of a change, nested ones too', async () => {
    const { body } = await given.bff
      .as()
      .patch('/api/account')
      .send({ email: 'nobody', locale: 'xx', loyaltyPoints: 1_000_000, addresses: [{ id: 'a-1', label: '', countryCode: 'Sweden' }] })
      .expect(400);
    expect(body.code).toBe('REQUEST_INVALID');
    const paths = new Set(body.faults.map(({ path }: { path: string }) => path));
    for (const path of ['body.loyaltyPoints', 'body.email', 'body.locale', 'body.addresses[0].label', 'body.addresses[0].countryCode', 'body.addresses[0].street']) expect(paths).toContain(path);
  });

  it('is changed with the scope for it only', async () => {
    await given.bff.as({ scope: 'shop.read' }).patch('/api/account').send({ displayName: 'X' }).expect(403);
    await given.bff.anonymous.get('/api/account').expect(401);
  });

  it('is never kept by anyone', async () => {
    expect((await given.bff.as().get('/api/account').expect(200)).headers['cache-control']).toMatch(/no-store/);
  });
});

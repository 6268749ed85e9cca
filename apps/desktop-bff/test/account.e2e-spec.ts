import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

const address = { id: 'work', label: 'Work', name: 'Ann Lindqvist', street: 'Kaistraat 1', postalCode: '3011 AA', city: 'Rotterdam', countryCode: 'NL' };

describe('/api/account', () => {
  const given = withShop(desktopBff);

  it('shows the account with its addresses', async () => {
    const { body } = await given.bff.as().get('/api/account').expect(200);
    expect(body).toMatchObject({ id: 'c-ann', displayName: 'Ann Lindqvist', email: 'ann@shop.example', loyaltyTier: 'gold' });
    expect(body.addresses.length).toBeGreaterThan(0);
  });

  it('changes what is sent and leaves the rest', async () => {
    const bob = given.bff.as({ user: 'c-bob' });
    const { body: before } = await bob.get('/api/account').expect(200);
    const { body } = await bob.patch('/api/account').send({ displayName: 'Bobby Tremblay', addresses: [address] }).expect(200);
    expect(body).toEqual({ ...before, displayName: 'Bobby Tremblay', addresses: [address] });
    expect((await bob.get('/api/account').expect(200)).body).toEqual(body);
  });

  it('lists every fault of a change', async () => {
    const input = { displayName: '', email: 'nobody', locale: 'dutch', marketingOptIn: 'yes', addresses: [{ ...address, countryCode: 'Netherlands' }], loyaltyPoints: 1_000_000 };
    const { body } = await given.bff.as().patch('/api/account').send(input).expect(400);
    const paths = ['body.addresses[0].countryCode', 'body.displayName', 'body.email', 'body.locale', 'body.loyaltyPoints', 'body.marketingOptIn'];
    expect(body.faults.map((fault: { path: string }) => fault.path).sort()).toEqual(paths);
  });

  it.each<[object, string]>([
    [{}, 'body'],
    [{ displayName: null }, 'body.displayName'],
    [{ addresses: [address, address] }, 'body.addresses'],
    [{ addresses: [null] }, 'body.addresses'],
    [{ addresses: Array.from({ length: 11 }, (_, index) => ({ ...address, id: `a${index}` })) }, 'body.addresses'],
  ])('names the fault of %j', async (input, path) => {
    const { body } = await given.bff.as().patch('/api/account').send(input).expect(400);
    expect(body.faults[0].path).toMatch(path);
  });

  it('asks for a token, and for the scope to write where something changes', async () => {
    await given.bff.anonymous.get('/api/account').expect(401);
    await given.bff.as({ scope: 'shop.read' }).patch('/api/account').send({ displayName: 'X' }).expect(403);
  });

  it('is nothing for a caller whom the shop does not know', async () => {
    const { body } = await given.bff.as({ user: 'c-nobody' }).get('/api/account').expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as().get('/api/account').expect(200);
    expect(text).not.toMatch(/passwordHash|riskNote|scrypt/i);
  });

  it('fails without the customers service', async () => {
    await given.shop.faults('customers', { errorRate: 1, errorStatus: 503 });
    const { body } = await given.bff.as().get('/api/account').expect(503);
    await given.shop.faults('customers', {});
    expect(body.code).toBe('SERVICE_UNAVAILABLE');
  });
});

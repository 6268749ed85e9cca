import soap from 'soap';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
let client: soap.Client;
beforeAll(async () => {
  shop = await startShop({ only: ['shipping', 'ordering'] });
  client = await soap.createClientAsync(`${shop.urls.shipping}/shipping?wsdl`);
});
afterAll(() => shop.close());

const call = async (operation: 'GetQuotes' | 'TrackShipment', message: object) => (await client[`${operation}Async`](message))[0];
const faultOf = (operation: 'GetQuotes' | 'TrackShipment', message: object) =>
  call(operation, message).then(
    () => undefined,
    (error) => error.root.Envelope.Body.Fault,
  );
const send = (xml: string) => request(shop.urls.shipping).post('/shipping').set('content-type', 'text/xml').send(xml);

describe('shipping over SOAP', () => {
  it('publishes a WSDL that leads back to the address it was fetched from', async () => {
    const { text } = await request(shop.urls.shipping).get('/shipping?wsdl').expect(200).expect('content-type', /^text\/xml/);
    expect(text).toContain(`<soap:address location="${shop.urls.shipping}/shipping"/>`);
    expect((await request(shop.urls.shipping).get('/shipping?wsdl').set('host', 'shipping.internal:80')).text).toContain('location="http://shipping.internal:80/shipping"');
    expect((await request(shop.urls.shipping).get('/shipping?wsdl').set('host', 'x"/>')).text).not.toContain('x"/>');
    await request(shop.urls.shipping).get('/shipping').expect(404);
  });

  it('describes its operations to a client that reads the WSDL', () => {
    expect(client.describe()).toEqual({ ShippingService: { ShippingPort: { GetQuotes: expect.anything(), TrackShipment: expect.anything() } } });
  });

  it('quotes every way of shipping as numbers and text', async () => {
    const { options } = await call('GetQuotes', { weightGrams: 2_500, countryCode: 'PT', postalCode: '4000-001' });
    expect(options.map(({ code }: { code: string }) => code)).toEqual(['standard', 'express', 'pickup']);
    expect(options[0]).toEqual({ code: 'standard', label: 'Standard parcel', priceCents: expect.any(Number), days: 4 });
  });

  it('charges more for what is heavier or farther', async () => {
    const price = async (weightGrams: number, countryCode: string) => (await call('GetQuotes', { weightGrams, countryCode, postalCode: '1000' })).options[0].priceCents;
    expect(await price(9_000, 'DE')).toBeGreaterThan(await price(1_000, 'DE'));
    expect(await price(1_000, 'FI')).toBeGreaterThan(await price(1_000, 'DE'));
  });

  it.each([
    ['no weight', { countryCode: 'DE', postalCode: '20095' }, 'weightGrams'],
    ['a weight of nothing', { weightGrams: 0, countryCode: 'DE', postalCode: '20095' }, 'weightGrams'],
    ['a country we do not ship to', { weightGrams: 100, countryCode: 'XX', postalCode: '20095' }, 'countryCode'],
    ['a postal code that is none', { weightGrams: 100, countryCode: 'DE', postalCode: '!' }, 'postalCode'],
  ])('answers %s with a client fault that names the field', async (_what, message, field) => {
    expect(await faultOf('GetQuotes', message)).toMatchObject({ faultcode: 'soap:Client', faultstring: expect.stringContaining(field) });
  });

  it('tracks the parcel of an order until it is delivered', async () => {
    const { body } = await request(shop.urls.ordering).get('/orders?status=shipped&limit=1');
    const [order] = body.items;
    const message = { trackingNumber: order.trackingNumber };
    expect(await call('TrackShipment', message)).toMatchObject({ status: 'in transit', events: [{ text: 'Parcel data received' }, { text: 'Handed over to the carrier' }] });
    await request(shop.urls.ordering).post(`/orders/${order.id}/advance`).expect(200);
    expect(await call('TrackShipment', message)).toMatchObject({ status: 'delivered', events: { length: 3 } });
  });

  it.each([['PT000999999EU', 'unknown'], ['12', 'must look like']])('answers tracking number %s with a client fault', async (trackingNumber, reason) => {
    expect(await faultOf('TrackShipment', { trackingNumber })).toMatchObject({ faultcode: 'soap:Client', faultstring: expect.stringContaining(reason) });
  });

  it.each([['broken XML', '<x'], ['nothing', ''], ['an unknown operation', '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><Explode/></soap:Body></soap:Envelope>']])('answers %s with a SOAP 1.1 client fault and no stack', async (_what, xml) => {
    const { text } = await send(xml).expect(500).expect('content-type', /^text\/xml/);
    expect(text).toContain('<faultcode>soap:Client</faultcode>');
    expect(text).not.toMatch(/TypeError|at .*\.js/);
  });
});

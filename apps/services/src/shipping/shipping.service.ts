import soap from 'soap';
import Type from 'typebox';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';
import { getQuotes, trackShipment, type QuoteRequest } from './shipping-operations.js';
import { notUnderstood } from './soap-fault.js';
import { shippingPath, shippingWsdl } from './shipping.wsdl.js';

const WsdlQuery = Type.Object({ wsdl: Type.Optional(Type.String()) });

/** What may stand in a Host header that is copied into the WSDL: a name or an address, with or without a port. */
const plainHost = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d+)?$/i;

/** The legacy one: parcels over SOAP 1.1. */
export async function addShipping(app: ServiceApp, { orders }: Shop): Promise<void> {
  const soapServer = await soap.createServerless({
    path: shippingPath,
    xml: shippingWsdl('http://127.0.0.1'),
    services: {
      ShippingService: {
        ShippingPort: {
          GetQuotes: (request: QuoteRequest | null) => getQuotes(request ?? {}),
          TrackShipment: (request: { trackingNumber?: unknown } | null) => trackShipment(orders, request?.trackingNumber),
        },
      },
    },
    suppressStack: true,
  });

  app.addContentTypeParser(['text/xml', 'application/xml', 'application/soap+xml'], { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const description = 'With ?wsdl: the contract. The operations are described there, not here.';
  app.get(shippingPath, { config: { open: true }, schema: { operationId: 'getWsdl', description, querystring: WsdlQuery } }, (request, reply) => {
    if (request.query.wsdl === undefined) return reply.code(404).send({ error: 'not found' });
    // The address by which the client came is the one it can reach, in a container too.
    const host = plainHost.test(request.host) ? request.host : '127.0.0.1';
    return reply.type('text/xml; charset=utf-8').send(shippingWsdl(`http://${host}`));
  });

  app.post(shippingPath, { schema: { operationId: 'callOperation', description: 'A SOAP 1.1 envelope.' } }, async (request, reply) => {
    const { body, statusCode } = await soapServer.processRequest(String(request.body ?? ''), { headers: request.headers, url: shippingPath });
    const understood = statusCode === 200 || body.includes('<faultcode>soap:Client</faultcode>');
    return reply.code(statusCode).type('text/xml; charset=utf-8').send(understood ? body : notUnderstood);
  });
}

import { requireCustomer } from '../access/own-customer.js';
import { Customer, CustomerPatch } from '../data/customer.schema.js';
import { Failure, IdParams } from '../server/answer-schema.js';
import { badRequest, found } from '../server/http-error.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';

/** Who the shop's customers are. */
export function addCustomers(app: ServiceApp, { customers }: Shop): void {
  app.get('/customers/:id', { schema: { operationId: 'getCustomer', params: IdParams, response: { 200: Customer, 404: Failure } } }, (request) => {
    requireCustomer(request, request.params.id);
    return found(customers.find(request.params.id));
  });

  const schema = { operationId: 'changeCustomer', params: IdParams, body: CustomerPatch, response: { 200: Customer, 400: Failure, 404: Failure } };
  app.patch('/customers/:id', { schema }, (request) => {
    requireCustomer(request, request.params.id);
    const ids = request.body.addresses?.map((address) => address.id) ?? [];
    if (new Set(ids).size < ids.length) throw badRequest('addresses: every id only once');
    return found(customers.change(request.params.id, request.body));
  });
}

import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const customers = defineService('customers');

const Address = Type.Object({
  id: Type.String(),
  label: Type.String(),
  name: Type.String(),
  street: Type.String(),
  postalCode: Type.String(),
  city: Type.String(),
  countryCode: Type.String(),
});
const Customer = Type.Object({
  id: Type.String(),
  displayName: Type.String(),
  email: Type.String(),
  locale: Type.String(),
  marketingOptIn: Type.Boolean(),
  loyaltyTier: Type.String(),
  loyaltyPoints: Type.Integer(),
  addresses: Type.Array(Address),
});

/** A customer as this BFF reads it. */
export type Customer = Static<typeof Customer>;

const refusals = { 400: 'REQUEST_INVALID', 404: 'RESOURCE_NOT_FOUND' } as const;

export const readCustomer = customers.get('/customers/:id', { reads: Customer, refusals, keep: { freshMs: 0, staleIfErrorMs: 600_000 } });
export const changeCustomer = customers.patch('/customers/:id', { reads: Customer, refusals, repeatable: true });

import { defineService } from '@portico/backend-client';
import Type from 'typebox';

const customers = defineService('customers');

const refusals = { 404: 'RESOURCE_NOT_FOUND' } as const;

const Customer = Type.Object({ displayName: Type.String(), email: Type.String(), loyaltyTier: Type.String(), loyaltyPoints: Type.Integer() });
const AddressBook = Type.Object({ addresses: Type.Array(Type.Object({ id: Type.String() })) });

export const readCustomer = customers.get('/customers/:id', { reads: Customer, refusals });
/** Where parcels may go; all that a phone needs to know of it is the ids. */
export const readAddresses = customers.get('/customers/:id', { reads: AddressBook, refusals });

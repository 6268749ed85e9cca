import { defineAggregate } from '@portico/aggregation';
import { readCustomer } from '../services/customers.service.js';
import { AccountView } from './account.view-model.js';

/** The caller's own account. */
export const accountAggregate = defineAggregate('mobile.account')
  .required('customer', ({ caller }) => readCustomer({ params: { id: caller.id } }))
  .shape(AccountView, ({ customer }) => customer);

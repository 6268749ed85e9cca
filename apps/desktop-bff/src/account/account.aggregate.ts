import { defineAggregate } from '@portico/aggregation';
import type { ServiceCall } from '@portico/backend-client';
import { readCustomer, type Customer } from '../services/customers.service.js';
import { AccountView } from './account.view-model.js';

interface AccountInput {
  /** The change whose result is shown; the account is only read without one. */
  readonly change?: ServiceCall<Customer>;
}

/** The caller's own account. */
export const accountAggregate = defineAggregate<AccountInput>('desktop.account')
  .required('customer', ({ input, caller }) => input.change ?? readCustomer({ params: { id: caller.id } }))
  .shape(AccountView, ({ customer }) => customer);

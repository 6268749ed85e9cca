import { operatorScope, userScopes } from './audience.js';

/** Somebody who can sign in. */
export interface User {
  /** What they are called at the login, and in `login_hint`. */
  readonly username: string;
  /** Their customer id; the `sub` of their tokens. */
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  /** API scopes they get when a client asks for them. */
  readonly scopes: ReadonlySet<string>;
}

/** Everybody who can sign in; eve is the operator. */
export const users: readonly User[] = [
  { username: 'ann', accountId: 'c-ann', name: 'Ann Lindqvist', email: 'ann@shop.example', scopes: new Set(userScopes) },
  { username: 'bob', accountId: 'c-bob', name: 'Bob Tremblay', email: 'bob@shop.example', scopes: new Set(userScopes) },
  { username: 'eve', accountId: 'c-eve', name: 'Eve Marchetti', email: 'eve@shop.example', scopes: new Set([...userScopes, operatorScope]) },
];

/** The user of a login name. */
export const userByName = (username: unknown): User | undefined => users.find((user) => user.username === username);

/** The user of a token's `sub`. */
export const userByAccount = (accountId: unknown): User | undefined => users.find((user) => user.accountId === accountId);

import Type, { type Static } from 'typebox';

/** Where parcels go. */
export const Address = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 40 }),
    label: Type.String({ minLength: 1, maxLength: 40 }),
    name: Type.String({ minLength: 1, maxLength: 120 }),
    street: Type.String({ minLength: 1, maxLength: 120 }),
    postalCode: Type.String({ minLength: 2, maxLength: 12 }),
    city: Type.String({ minLength: 1, maxLength: 80 }),
    countryCode: Type.String({ pattern: '^[A-Z]{2}$' }),
  },
  { additionalProperties: false },
);

/** Where parcels go. */
export type Address = Static<typeof Address>;

/** What a customer may change about themselves. */
export const CustomerPatch = Type.Partial(
  Type.Object({
    displayName: Type.String({ minLength: 1, maxLength: 80 }),
    email: Type.String({ maxLength: 254, pattern: '^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$' }),
    locale: Type.String({ pattern: '^[a-z]{2}-[A-Z]{2}$' }),
    marketingOptIn: Type.Boolean(),
    addresses: Type.Array(Address, { maxItems: 10 }),
  }),
  { additionalProperties: false, minProperties: 1 },
);

/** What a customer may change about themselves. */
export type CustomerPatch = Static<typeof CustomerPatch>;

/** A customer as the service keeps it; `passwordHash` and `riskNote` are internal. */
export const Customer = Type.Object({
  id: Type.String(),
  displayName: Type.String(),
  email: Type.String(),
  locale: Type.String(),
  marketingOptIn: Type.Boolean(),
  loyaltyTier: Type.Union([Type.Literal('bronze'), Type.Literal('silver'), Type.Literal('gold')]),
  loyaltyPoints: Type.Integer(),
  addresses: Type.Array(Address),
  createdAt: Type.String(),
  passwordHash: Type.String({ description: 'Internal.' }),
  riskNote: Type.String({ description: 'Internal.' }),
});

/** A customer as the service keeps it. */
export type Customer = Static<typeof Customer>;

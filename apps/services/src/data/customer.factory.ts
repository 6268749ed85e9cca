import { daysFromEpoch } from './epoch.js';
import type { Address, Customer } from './customer.schema.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';
import { familyNames, firstNames, locales, places, streets } from './vocabulary/people.js';

/** How many customers the shop has, the three who can sign in included. */
export const customerCount = 200;

const signedUp = [
  { id: 'c-ann', displayName: 'Ann Lindqvist', email: 'ann@shop.example', loyaltyTier: 'gold' },
  { id: 'c-bob', displayName: 'Bob Tremblay', email: 'bob@shop.example', loyaltyTier: 'silver' },
  { id: 'c-eve', displayName: 'Eve Marchetti', email: 'eve@shop.example', loyaltyTier: 'bronze' },
] as const;

/** Makes all customers: `c-ann`, `c-bob`, `c-eve`, then `c-0004` onwards. */
export function makeCustomers(seed: number): Customer[] {
  return Array.from({ length: customerCount }, (_, index) => {
    const fixed = signedUp[index];
    const id = fixed?.id ?? `c-${String(index + 1).padStart(4, '0')}`;
    const random = seededRandom(seed, `customer/${id}`);
    const displayName = fixed?.displayName ?? `${random.pick(firstNames)} ${random.pick(familyNames)}`;
    return {
      id,
      displayName,
      email: fixed?.email ?? `${displayName.replace(' ', '.').toLowerCase()}.${index + 1}@mail.example`,
      locale: random.pick(locales),
      marketingOptIn: random.chance(0.4),
      loyaltyTier: fixed?.loyaltyTier ?? random.pick(['bronze', 'bronze', 'silver', 'gold'] as const),
      loyaltyPoints: random.between(0, 9_000),
      addresses: makeAddresses(random, id, displayName),
      createdAt: daysFromEpoch(-random.between(30, 2_000)),
      passwordHash: `scrypt$16384$8$1$${hex(random, 32)}$${hex(random, 64)}`,
      riskNote: random.pick(['none', 'two chargebacks in 2024', 'address changed often', 'VIP, call before cancelling']),
    };
  });
}

function makeAddresses(random: SeededRandom, customerId: string, name: string): Address[] {
  return ['Home', 'Work', 'Parents'].slice(0, random.between(2, 3)).map((label, index) => ({
    id: `a-${customerId.slice(2)}-${index + 1}`,
    label,
    name,
    street: `${random.pick(streets)} ${random.between(1, 140)}`,
    ...random.pick(places),
  }));
}

const hex = (random: SeededRandom, length: number): string => Array.from({ length }, () => random.between(0, 15).toString(16)).join('');

import type { ShippingOption } from './order.schema.js';

/** What one way of shipping costs and how long it takes. */
export interface ShippingRate {
  readonly code: ShippingOption;
  readonly label: string;
  readonly priceCents: number;
  readonly days: number;
}

/** Countries the shop ships to, and the zone that sets their price. */
const zones: Readonly<Record<string, number>> = {
  DE: 0, NL: 0, BE: 0, LU: 0, AT: 1, FR: 1, DK: 1, CZ: 1, PL: 1, IT: 2, ES: 2, PT: 2, SE: 2, IE: 2, SI: 2, SK: 2, HU: 2, FI: 3, EE: 3, LV: 3, LT: 3, GR: 3, RO: 3, BG: 3, HR: 3, CH: 3, GB: 3, NO: 3,
};

/** The heaviest parcel, in grams. */
export const maxParcelGrams = 150_000;

/** All ways a parcel can go, cheapest way last; undefined for a country the shop does not ship to. */
export function shippingRates(weightGrams: number, countryCode: string): readonly ShippingRate[] | undefined {
  const zone = zones[countryCode];
  if (zone === undefined) return undefined;
  const perKilogram = Math.ceil(weightGrams / 1_000) * (45 + zone * 20);
  return [
    { code: 'standard', label: 'Standard parcel', priceCents: 490 + zone * 200 + perKilogram, days: 2 + zone },
    { code: 'express', label: 'Express until noon', priceCents: 1_290 + zone * 600 + perKilogram * 2, days: 1 + Math.floor(zone / 2) },
    { code: 'pickup', label: 'Pick up in a parcel shop', priceCents: 290 + zone * 150 + perKilogram, days: 3 + zone },
  ];
}

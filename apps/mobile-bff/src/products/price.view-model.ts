import Type from 'typebox';

/** A price as a phone shows it. */
export const PriceView = Type.Object({ amountCents: Type.Integer(), currency: Type.String() });

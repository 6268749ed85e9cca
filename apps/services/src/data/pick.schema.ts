import Type, { type Static } from 'typebox';

/** A product somebody may like, with the confidence (0 to 1) and why. */
export const Pick = Type.Object({ productId: Type.String(), score: Type.Number(), reason: Type.String() });

/** A product somebody may like. */
export type Pick = Static<typeof Pick>;

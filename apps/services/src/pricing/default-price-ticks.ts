/** How often a second a price moves in a shop that was not told otherwise. */
export const defaultPriceTicks = 2;

/** Most ids that the shop's services look up in one call. */
export const batchSize = 200;

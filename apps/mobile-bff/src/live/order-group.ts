/** The connections that track an order. */
export const orderGroup = (id: string): string => `order:${id}`;

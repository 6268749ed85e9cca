/** The connections that track an order. */
export const orderGroup = (id: string): string => `order:${id}`;

/** The connections of operators who watch the whole shop. */
export const operatorGroup = 'operators';

/** Statuses that say a service is in trouble even to a client that takes any status as an answer; 500 may be a fault in the sense of SOAP. */
export const troubledStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

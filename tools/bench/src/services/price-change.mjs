/** What a push server tells its clients besides which message it is and when it was sent: the same for every system, and for every message. */
export const priceDetails = {
  productId: 'p-4711',
  name: 'All-weather touring jacket p-4711',
  price: { amountCents: 12_995, currency: 'EUR' },
  was: { amountCents: 14_995, currency: 'EUR' },
  available: true,
  season: 'spring',
};

/**
 * @param {number} sequence
 * @param {number} atMicros when it is sent, by `nowMicros`
 */
export const priceChange = (sequence, atMicros) => ({ sequence, atMicros, ...priceDetails });

/** Microseconds on a clock that all processes of a machine share. */
export const nowMicros = () => Number(process.hrtime.bigint() / 1_000n);

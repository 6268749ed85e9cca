import * as facts from './facts.mjs';
import { centsSlot, sampleId as id } from './template.mjs';

/** @param {string} view */
const image = (view) => ({
  id: `img-${view}`,
  alt: view === 'front' ? facts.imageAlt(id) : `${view} view`,
  width: 1280,
  height: 960,
  urls: Object.fromEntries(
    /** @type {const} */ (['w320', 'w640', 'w1280']).map((width) => [
      width,
      view === 'front' ? facts.imageUrl(id, width) : `https://images.shop.example/shared/${view}-${width}.avif`,
    ]),
  ),
});

const internal = {
  supplier: { name: 'Fjellvev AS', contract: 'C-2209-17', leadTimeDays: 21, contact: 'orders@fjellvev.example' },
  warehouseSlots: ['A-12-3', 'A-12-4', 'C-01-9'],
  revision: 17,
  importedFrom: 'erp-export-northern',
  margin: 0.41,
};

/** One product as the catalog service answers it, about 4.6 KB; most of it concerns no screen. */
export const productSample = {
  id,
  name: facts.productName(id),
  brand: facts.brand,
  category: 'outdoor/jackets',
  tagline: 'Light in the pack, steady in the wind.',
  description: 'Three layers, taped seams and a hood that stays where it is put. Cut for moving, made for years of rain. '.repeat(19).trim(),
  attributes: Array.from({ length: 18 }, (_, index) => ({ name: `attribute-${index + 1}`, value: `measured value ${index * 7}`, unit: index % 3 ? 'mm' : 'g' })),
  images: ['front', 'back', 'side', 'detail'].map(image),
  internal,
};

/** One product as it stands in a list of the catalog service, about 0.6 KB. */
export const listedProductSample = {
  id,
  name: facts.productName(id),
  brand: facts.brand,
  category: 'outdoor/jackets',
  tagline: 'Light in the pack, steady in the wind.',
  images: [image('front')],
  internal: { supplier: 'Fjellvev AS', revision: 17 },
};

/** One price as the pricing service answers it, about 0.9 KB. */
export const priceSample = {
  productId: id,
  currency: facts.currency,
  amountCents: centsSlot,
  listAmountCents: 109_900,
  discountPercent: 12,
  supplierCostCents: 5_450,
  validUntil: '2031-12-31T23:59:59Z',
  history: Array.from({ length: 18 }, (_, index) => ({ at: `2030-${String((index % 12) + 1).padStart(2, '0')}-01`, amountCents: 20_000 + index * 150 })),
};

/** One price as it stands in a batch of the pricing service, about 0.2 KB. */
export const batchedPriceSample = { ...priceSample, history: [] };

/** The reviews of one product as the reviews service answers them, about 3.2 KB. */
export const reviewsSample = {
  productId: id,
  count: facts.reviewCount,
  average: facts.reviewAverage,
  items: facts.reviewRatings.map((rating, index) => ({
    id: `r-${index + 1}`,
    author: `walker-${index + 1}`,
    authorEmail: `walker-${index + 1}@mail.example`,
    rating,
    title: facts.reviewTitle(id, index),
    text: 'Worn for two weeks of autumn between the huts; the cuffs stayed dry and the zip never caught. '.repeat(9).trim(),
    at: `2030-0${index + 1}-14T08:30:00Z`,
    helpful: 12 - index,
  })),
};

import { answerJobs } from '../machine/job-channel.mjs';
import { catalog } from './catalog.mjs';
import { documents } from './documents.mjs';
import { pricing } from './pricing.mjs';
import { reviewsOf } from './reviews.mjs';
import { startService } from './service-server.mjs';

/** Where the services are. @typedef {{ catalog: string, pricing: string, reviews: string, documents: string, spans: string }} ServiceOrigins */
/** @typedef {import('./service-server.mjs').Fault} Fault */

/** @type {Fault} */
let reviewsFault = 'none';

// All services share a process and a core with the load generator, but each has its own origin, as in a shop.
const [catalogOrigin, pricingOrigin, reviewsOrigin, documentsOrigin, spansOrigin] = await Promise.all([
  startService(catalog),
  startService(pricing),
  startService(reviewsOf, () => reviewsFault),
  startService(documents),
  // Takes whatever spans come.
  startService(() => '{}'),
]);

answerJobs({
  /** @returns {ServiceOrigins} */
  origins: () => ({ catalog: catalogOrigin, pricing: pricingOrigin, reviews: reviewsOrigin, documents: documentsOrigin, spans: spansOrigin }),
  /** @param {Fault} fault */
  reviewsFault: (fault) => {
    reviewsFault = fault;
  },
});

import { defineHubEvent } from '@portico/gateway';
import { OrderProgressView, PriceTicksView } from './live.view-model.js';

/** To everybody, at most once in two seconds. */
export const priceTicks = defineHubEvent('priceTicks', PriceTicksView);
/** To whoever tracks the order. */
export const orderProgress = defineHubEvent('orderProgress', OrderProgressView);

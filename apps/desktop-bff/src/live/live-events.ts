import { defineHubEvent } from '@portico/gateway';
import { OrderProgressView, PriceTicksView, StockAlertView } from './live.view-model.js';

/** To everybody, at most ten times a second. */
export const priceTicks = defineHubEvent('priceTicks', PriceTicksView);
/** To whoever tracks the order, and to operators who watch the shop. */
export const orderProgress = defineHubEvent('orderProgress', OrderProgressView);
/** To operators who watch the shop. */
export const stockAlert = defineHubEvent('stockAlert', StockAlertView);

import './signalr.js';
import { ask, list, money, ownPage, say, SignedOut } from './page.js';

/** How many prices are shown. */
const shownPrices = 10;

/** The connection of now. */
let hub;

/** The line of each product whose price has moved, the latest last. */
const prices = new Map();
/** The order that is shown, if there is one. */
let order;

function showOrder() {
  say('live-order', order ? `Your newest order, ${order.number}: ${order.status}.` : '');
}

function showPrices({ ticks }) {
  for (const { productId, currency, amountCents, previousCents } of ticks) {
    prices.delete(productId);
    prices.set(productId, `${productId}: ${money({ currency, amountCents })}, ${amountCents > previousCents ? 'up' : 'down'} from ${money({ currency, amountCents: previousCents })}`);
  }
  const latest = [...prices].slice(-shownPrices);
  prices.clear();
  for (const [productId, line] of latest) prices.set(productId, line);
  list('live-prices', [...prices.values()].reverse());
}

/** Shows the newest order of whoever is signed in. A connection that came again tracks nothing yet. */
async function followOrder() {
  say('live-state', 'Connected.');
  order = undefined;
  showOrder();
  try {
    const [newest] = (await ask('/api/orders')).items;
    order = newest && (await hub.invoke('trackOrder', { id: newest.id }));
    showOrder();
  } catch (error) {
    if (!(error instanceof SignedOut)) say('live-order', `Your newest order is not known now: ${error.message}`);
  }
}

function newHub() {
  const made = new signalR.HubConnectionBuilder().withUrl('/hubs/web', { headers: ownPage }).withAutomaticReconnect().configureLogging(signalR.LogLevel.None).build();
  made.on('priceTicks', showPrices);
  made.on('orderProgress', ({ orderId, status }) => {
    if (order?.id !== orderId) return;
    order.status = status;
    showOrder();
  });
  made.onreconnecting(() => say('live-state', 'Connecting again.'));
  made.onreconnected(followOrder);
  made.onclose(() => say('live-state', 'Closed. Refresh connects anew.'));
  return made;
}

async function connectAnew() {
  await hub?.stop();
  hub = newHub();
  order = undefined;
  showOrder();
  say('live-state', 'Connecting.');
  try {
    await hub.start();
  } catch (error) {
    return say('live-state', `Closed: ${error.message}`);
  }
  await followOrder();
}

let turn = Promise.resolve();

/** Connects as whoever is signed in now, one after the other: the hub knows a caller from the start of a connection. */
export function goLive() {
  turn = turn.then(connectAnew);
}

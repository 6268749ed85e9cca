import signalr from '@microsoft/signalr/dist/browser/signalr.min.js?raw';
import { pagePolicy, type Page } from '@portico/gateway';
import live from './live.client.js?raw';
import shared from './page.client.js?raw';
import page from './try-out.html?raw';
import script from './try-out.client.js?raw';
import style from './try-out.css?raw';

const javascript = 'text/javascript; charset=utf-8';

/** The page to try the web BFF on: signs in and out, shows the home screen, and what the hub tells. */
export const tryOutPages: readonly Page[] = [
  { path: '/', type: 'text/html; charset=utf-8', text: page, policy: pagePolicy },
  { path: '/try-out/try-out.js', type: javascript, text: script },
  { path: '/try-out/page.js', type: javascript, text: shared },
  { path: '/try-out/live.js', type: javascript, text: live },
  // SignalR's own client, as it is published.
  { path: '/try-out/signalr.js', type: javascript, text: signalr },
  { path: '/try-out/try-out.css', type: 'text/css; charset=utf-8', text: style },
];

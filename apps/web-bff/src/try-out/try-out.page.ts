import { pagePolicy, type Page } from '@portico/gateway';
import page from './try-out.html?raw';
import script from './try-out.client.js?raw';
import style from './try-out.css?raw';

/** The page to try the web BFF on: signs in and out, and shows the home screen. */
export const tryOutPages: readonly Page[] = [
  { path: '/', type: 'text/html; charset=utf-8', text: page, policy: pagePolicy },
  { path: '/try-out/try-out.js', type: 'text/javascript; charset=utf-8', text: script },
  { path: '/try-out/try-out.css', type: 'text/css; charset=utf-8', text: style },
];

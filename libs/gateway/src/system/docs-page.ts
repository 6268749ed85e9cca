// The declaration has to come along wherever this source is compiled, in the apps too.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="../raw-imports.d.ts" />
import page from './docs/docs.html?raw';
import script from './docs/docs.client.js?raw';
import style from './docs/docs.css?raw';
import { pagePolicy, type Page } from './page.js';

/** The documentation page of a gateway, with its script and style: works offline, reads `/openapi.json`, lets every operation be tried. */
export function docsPages(name: string): readonly Page[] {
  return [
    { path: '/docs', type: 'text/html; charset=utf-8', text: page.replaceAll('{{name}}', name), policy: pagePolicy },
    { path: '/docs/docs.js', type: 'text/javascript; charset=utf-8', text: script },
    { path: '/docs/docs.css', type: 'text/css; charset=utf-8', text: style },
  ];
}

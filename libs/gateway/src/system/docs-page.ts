/// <reference path="../raw-imports.d.ts" />
import page from './docs/docs.html?raw';
import script from './docs/docs.client.js?raw';
import style from './docs/docs.css?raw';

/** The documentation page of a gateway: works offline, reads `/openapi.json`, lets every operation be tried. */
export function docsPage(name: string): string {
  return page.replaceAll('{{name}}', name);
}

/** The page's script. */
export const docsScript = script;

/** The page's style. */
export const docsStyle = style;

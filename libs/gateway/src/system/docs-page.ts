// The declaration has to come along wherever this source is compiled, in the apps too.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="../raw-imports.d.ts" />
import page from './docs/docs.html?raw';
import script from './docs/docs.client.js?raw';
import style from './docs/docs.css?raw';

/** The documentation page of a gateway: works offline, reads `/openapi.json`, lets every operation be tried. */
export function docsPage(name: string): string {
  return page.replaceAll('{{name}}', name);
}

/** What the page may load: its own script and style, and the gateway it documents. A token that is pasted into it has nowhere else to go. */
export const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The page's script. */
export const docsScript = script;

/** The page's style. */
export const docsStyle = style;

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { KubernetesDocument } from './document.js';

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');

const folder = join(root, 'deploy/kubernetes/overlays');

/** Names of the overlays. */
export const overlays: readonly string[] = readdirSync(folder).sort();

/**
 * Renders an overlay.
 * @param kubectl the program
 * @throws Error with what kubectl says is wrong with it
 */
export function render(kubectl: string, overlay: string): readonly KubernetesDocument[] {
  const { status, stdout, stderr } = spawnSync(kubectl, ['kustomize', join(folder, overlay)], { encoding: 'utf8' });
  if (status !== 0 || stderr !== '') throw new Error(`The overlay ${overlay} cannot be rendered:\n${stderr}`);
  return parseAllDocuments(stdout, { uniqueKeys: true }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as KubernetesDocument;
  });
}

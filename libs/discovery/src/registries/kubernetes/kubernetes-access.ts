import { readFile } from 'node:fs/promises';
import type { KubernetesOptions } from './kubernetes.config.js';

/** The header fields that say who asks. @throws Error when the token cannot be read, without naming it */
export async function tokenHeaders({ tokenFile }: KubernetesOptions): Promise<Record<string, string>> {
  if (tokenFile === '') return {};
  const token = (await readFile(tokenFile, 'utf8')).trim();
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error(`${tokenFile} holds no token`);
  return { authorization: `Bearer ${token}` };
}

/** The namespace of the service. @throws Error when it is configured nowhere */
export async function namespaceOf({ namespace, namespaceFile }: KubernetesOptions): Promise<string> {
  const name = namespace || (await readFile(namespaceFile, 'utf8')).trim();
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) throw new Error(`${namespaceFile} holds no name of a namespace`);
  return name;
}

import { ConfigurationError, type ConfigurationFault } from '@portico/config';
import { readApiKey, writeApiKey } from './api-key-json.js';
import type { ApiKeyRecord } from './api-key-record.js';

const version = 1;

/** The text of a file of keys, a key in each line of the list. */
export function writeKeyFile(keys: readonly ApiKeyRecord[]): string {
  return `{"version":${version},"keys":[\n${keys.map((key) => JSON.stringify(writeApiKey(key))).join(',\n')}\n]}\n`;
}

/**
 * Reads the text of a file of keys.
 * @param file name for messages
 * @throws ConfigurationError listing every fault; no value of the file is in it
 */
export function readKeyFile(file: string, content: string): readonly ApiKeyRecord[] {
  const fault = (path: string, message: string): ConfigurationFault => ({ file, path, message });
  let whole: unknown;
  try {
    whole = JSON.parse(content);
  } catch {
    // The parser quotes the text that it does not understand.
    throw new ConfigurationError([fault('', 'is no JSON')]);
  }
  const { version: written, keys } = (whole ?? {}) as { readonly version?: unknown; readonly keys?: unknown };
  if (written !== version || !Array.isArray(keys)) throw new ConfigurationError([fault('', `is no file of API keys of version ${version}`)]);
  const faults: ConfigurationFault[] = [];
  const records = new Map<string, ApiKeyRecord>();
  for (const [index, json] of keys.entries()) {
    try {
      const record = readApiKey(json);
      if (records.has(record.id)) throw new TypeError('id stands there twice');
      records.set(record.id, record);
    } catch (error) {
      faults.push(fault(`keys[${index}]`, (error as Error).message));
    }
  }
  if (faults.length > 0) throw new ConfigurationError(faults);
  return [...records.values()];
}

import { ConfigurationError } from '@portico/config';
import { PorticoError } from '@portico/core';
import { ValueTemplate, type ValueTemplateOptions } from './value-template.js';

// RFC 9110 5.5, and what Node writes as one octet.
const unwritable = /[^\t\x20-\x7e\x80-\xff]/;
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Those that frame a message or belong to one connection: whoever sets them breaks it. */
const framing = new Set(['connection', 'content-length', 'expect', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** Compiles a value for a header field. Rendering refuses a request (REQUEST_INVALID) whose own value cannot stand in a field, one with a line break above all. */
export function fieldValue(text: string, options: Omit<ValueTemplateOptions, 'encode'>): ValueTemplate {
  const template = new ValueTemplate(text, { ...options, encode: writable });
  if (template.literals.some((literal) => unwritable.test(literal))) throw new ConfigurationError([{ path: options.path, message: 'holds characters that cannot stand in a header field' }]);
  return template;
}

/**
 * The name of a field in lower case.
 * @throws ConfigurationError when it is none, or belongs to the connection or the framing of the message
 */
export function fieldName(name: string, path: string): string {
  const lower = name.toLowerCase();
  if (!token.test(name)) throw new ConfigurationError([{ path, message: `${JSON.stringify(name)} is no name of a header field` }]);
  if (framing.has(lower)) throw new ConfigurationError([{ path, message: `${lower} belongs to the connection: no policy may change it` }]);
  return lower;
}

function writable(value: string, name: string): string {
  if (!unwritable.test(value)) return value;
  throw new PorticoError('REQUEST_INVALID', { faults: [{ path: name, message: 'holds characters that cannot stand in a header field' }] });
}

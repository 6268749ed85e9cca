import type { RequestContext } from '@portico/core';
import type { CacheRule } from './cache-for.decorator.js';

/**
 * Makes the key function of an operation: its name, the caller where the answer is his, the header fields on which it depends,
 * path and query as received. Nothing is decoded or sorted: what a service could tell apart stays apart.
 * Each variable part carries its length, so that no content can pass for a border.
 */
export function answerKey(operation: string, rule: CacheRule): (context: RequestContext) => string {
  const { vary } = rule;
  const byCaller = rule.by === 'caller';
  const prefix = `answer\n${operation}\n${rule.by}\n`;
  return ({ caller, headers, url }) => {
    let key = byCaller ? prefix + part(caller.key) : prefix;
    for (const name of vary) key += part(headers[name]);
    return key + url;
  };
}

function part(value: string | string[] | undefined): string {
  if (value === undefined) return '-';
  const text = typeof value === 'string' ? value : value.join('\n');
  return `${text.length}:${text}`;
}

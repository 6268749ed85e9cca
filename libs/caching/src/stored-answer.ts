import type { OutgoingAnswer, ReadyAnswer } from '@portico/core';

interface Head {
  readonly at: number;
  readonly headers: Record<string, string>;
}

/** Writes a 200 answer as one text: a line about it, then its body. */
export function writeStoredAnswer(answer: OutgoingAnswer, body: string, keepHeaders: readonly string[], epochMs: number): string {
  const headers: Record<string, string> = {};
  for (const name of keepHeaders) {
    const value = answer.header(name);
    if (value !== undefined) headers[name] = value;
  }
  const head: Head = { at: epochMs, headers };
  return `${JSON.stringify(head)}\n${body}`;
}

/** Reads a stored answer, with its `age` (RFC 9111 5.1). Every reader gets objects of his own; undefined for a text that is no stored answer. */
export function readStoredAnswer(text: string, epochMs: number): ReadyAnswer | undefined {
  const end = text.indexOf('\n');
  try {
    const { at, headers } = JSON.parse(text.slice(0, end)) as Head;
    headers['age'] = String(Math.max(0, Math.floor((epochMs - at) / 1_000)));
    return { status: 200, headers, body: text.slice(end + 1) };
  } catch {
    return undefined;
  }
}

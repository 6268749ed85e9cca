import type { ErrorCode } from 'yaml';

// The parser's own messages quote the text, which may be a secret.
const texts: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'is an alias of an anchor that is not there',
  BAD_DQ_ESCAPE: 'has an escape that is not known between double quotes',
  BAD_INDENT: 'is indented wrongly, or a bracket is not closed',
  BAD_SCALAR_START: 'begins with a character that needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'has a second ": " on one line: quote the text, or begin a new line',
  BLOCK_IN_FLOW: 'has a block between brackets',
  KEY_OVER_1024_CHARS: 'has a key of more than 1024 characters',
  MISSING_CHAR: 'misses a character: a quote, comma, colon or bracket is not there',
  MULTILINE_IMPLICIT_KEY: 'has a key on several lines, or misses the colon after it',
  MULTIPLE_DOCS: 'begins a second document; one file holds one',
  TAB_AS_INDENT: 'is indented by a tab; YAML takes spaces',
  TAG_RESOLVE_FAILED: 'has a tag; none is known here',
  UNEXPECTED_TOKEN: 'was not expected here',
};

/** What is wrong with the syntax, without a word of the text. */
export function syntaxFaultText(code: ErrorCode): string {
  return texts[code] ?? `is not YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
}

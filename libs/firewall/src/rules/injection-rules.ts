import type { FirewallRule } from '../firewall-rule.js';

const values = ['path', 'query', 'body'] as const;

/** Texts that a database, a directory or a browser would take for its own language. */
export const injectionRules: readonly FirewallRule[] = [
  {
    id: 'sql-injection',
    name: 'SQL injection',
    reason: 'A value that goes on as SQL where it is pasted into a statement. libinjection reads it as a database would: an apostrophe in a name or an "or" in a sentence is none.',
    places: [...values, 'cookies'],
    test: 'is_sqli',
    undo: ['remove_nulls'],
  },
  {
    id: 'sql-second-statement',
    name: 'Second statement of SQL',
    reason: 'libinjection sees no injection without a quote or an operator. The object of the verb has to follow: "sons; select your size" and "drop it; delete what is sold out" pass.',
    places: [...values, 'cookies'],
    test: /;\s*(?:(?:drop|alter|create|truncate|rename)\s+(?:table|database|schema|view)\b|delete\s+from\s+\w+\s*(?:$|where\b|;|--)|(?:exec|execute)\s+xp_\w+)/i,
  },
  {
    id: 'sql-wait',
    name: 'SQL that waits',
    reason: 'Blind injections ask by the time that an answer takes. What follows has to be as SQL has it: "sleep (8 hours)" and "benchmark (2024)" pass.',
    places: [...values, 'cookies'],
    test: /\b(?:pg_)?sleep\(\s*\d|\bbenchmark\s*\(\s*\d+\s*,|\bwaitfor\s+delay\s+['"]\d/i,
  },
  {
    id: 'cross-site-script',
    name: 'Script in a text',
    reason: 'HTML that would run in the page that shows the text. libinjection reads it as a browser would: "<3", "price < 20" and "a > b" are none.',
    places: [...values, 'agent'],
    test: 'is_xss',
    undo: ['remove_nulls'],
  },
  {
    id: 'script-url',
    name: 'Script as an address',
    reason: 'An address that runs when it is followed. Only as the whole value, and with a call in it: the title "JavaScript: the good parts" passes.',
    places: ['query', 'body'],
    test: /^\s*(?:(?:java|vb)script:\S*[(=`]|data:text\/html\b)/i,
    undo: ['html_entity_decode'],
  },
  {
    id: 'ldap-filter',
    name: 'Filter of LDAP',
    reason: 'A value that closes the filter of a directory and opens another one.',
    places: ['query', 'body'],
    test: /\)\s*\(\s*(?:[|&!]\s*\(|\w+\s*[~<>]?=\s*\*)/,
  },
  {
    id: 'operator-of-mongodb',
    name: 'Operator of MongoDB as a name',
    reason: 'A member or parameter called `$ne` becomes a condition where an object is handed to the database.',
    places: ['names'],
    test: /(?:^|[.[])\$(?:eq|ne|gte?|lte?|n?in|exists|where|regex|expr|or|and|nor|not|function|accumulator|mod|all|size|type|elemMatch|jsonSchema|text)(?:$|[\].[])/,
  },
  {
    id: 'operator-of-mongodb-in-text',
    name: 'Operator of MongoDB in a text',
    reason: 'The same where a service parses the text as JSON.',
    places: ['query', 'body'],
    test: /^\s*\{\s*["']?\$(?:ne|gte?|lte?|n?in|where|regex|exists|or|nor|expr)["']?\s*:/,
  },
  {
    id: 'prototype',
    name: 'Name of a prototype',
    reason: 'A member or parameter of this name changes every object of a process in JavaScript. What is called `constructor` alone passes.',
    places: ['names'],
    test: /(?:^|[.[])(?:__proto__|constructor[\].[]{1,3}prototype)(?:$|[\].[])/,
  },
  {
    id: 'split-answer',
    name: 'Split answer',
    reason: 'A line break and a field: where the value is copied into a field of an answer, the answer gets a field more. Not in bodies: texts of people have lines.',
    places: ['path', 'query', 'cookies'],
    test: /[\r\n]\s*(?:(?:set-cookie|location|content-(?:type|length)|transfer-encoding|access-control-[a-z-]+)\s*:|http\/\d)/i,
  },
  {
    id: 'null-byte',
    name: 'NUL in a text',
    reason: 'Cuts a text short where it is handed to code in C; nobody types it.',
    places: [...values, 'names'],
    test: /\x00/,
  },
];

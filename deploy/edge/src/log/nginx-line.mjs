import { firewallFields, isFinding } from './firewall-fields.mjs';

/** @typedef {{ readonly level: import('./log.mjs').Level, readonly msg: string, readonly fields?: Readonly<Record<string, unknown>> }} NginxLine */

/** Longest message, in characters. */
const longest = 1_000;
const levels = new Map(Object.entries(/** @type {const} */ ({ emerg: 'error', alert: 'error', crit: 'error', error: 'error', warn: 'warn' })));
const form = /^\S+ \S+ \[(\w+)\] \d+#\d+: (?:\*\d+ )?(.*)$/;

/**
 * What is logged of a line that nginx wrote to its error log. No address keeps its query: tokens stand there.
 * @param {string} line
 * @returns {NginxLine | undefined} undefined for what is of no interest: of the notes below a warning only those of the firewall are
 */
export function nginxLine(line) {
  const [, name = 'error', text = line] = form.exec(line) ?? [];
  if (isFinding(text)) return { level: 'warn', msg: 'The firewall found something', fields: firewallFields(text) };
  const level = levels.get(name);
  return level === undefined || text.trim() === '' ? undefined : { level, msg: text.replace(/\?[^\s"]*/g, '').slice(0, longest) };
}

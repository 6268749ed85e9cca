import { readFileSync } from 'node:fs';
import { addEntry, buildSection, mapsOf, sectionsOf, type SectionNode, type Slot } from './config-tree.js';
import type { ConfigurationFault } from './configuration-error.js';
import { environmentName, upperSnake } from './environment-name.js';
import { nearestName } from './nearest-name.js';
import { parseValue } from './setting-value.js';

/** What `applyEnvironment` works on and reports to. */
export interface EnvironmentReport {
  readonly prefix: string;
  readonly faults: ConfigurationFault[];
  readonly overridden: ReadonlySet<string>;
  /** Filled with the variable that each setting came from, by path. */
  readonly sources: Map<string, string>;
}

/** Puts the values of environment variables into the tree. Variables with the prefix that match no setting are faults. */
export function applyEnvironment(root: SectionNode, env: NodeJS.ProcessEnv, report: EnvironmentReport): void {
  growMaps(root, env, report.prefix);
  const slots = slotsByVariable(root);
  const known = new Set<string>();
  for (const [name, slot] of slots) {
    known.add(name);
    if (slot.declaration.options.secret) known.add(`${name}_FILE`);
    readSlot(slot, env, report);
  }
  for (const name of Object.keys(env)) {
    if (!name.startsWith(`${report.prefix}_`) || known.has(name) || env[name] === undefined) continue;
    const nearest = nearestSetting(name, slots, report.prefix);
    report.faults.push({ path: name, message: `matches no setting${nearest === undefined ? '' : `; did you mean ${nearest}?`}` });
  }
}

function readSlot(slot: Slot, env: NodeJS.ProcessEnv, report: EnvironmentReport): void {
  const { path } = slot;
  const secret = slot.declaration.options.secret === true;
  const fileVariable = `${slot.env}_FILE`;
  const fromFile = secret && env[fileVariable] !== undefined;
  const source = fromFile ? fileVariable : slot.env;
  if (fromFile && env[slot.env] !== undefined) {
    report.faults.push({ path, message: `is given twice, by ${slot.env} and ${fileVariable}` });
    return;
  }
  let text = env[source];
  if (text === undefined) return;
  if (fromFile) {
    try {
      text = readFileSync(text, 'utf8').trim();
    } catch (error) {
      report.faults.push({ path, message: `the file named by ${fileVariable} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` });
      return;
    }
  }
  const parsed = parseValue(slot.type, text);
  if ('faults' in parsed) {
    for (const fault of parsed.faults) {
      const shown = secret ? 'the value' : JSON.stringify(fault.text.slice(0, 80));
      report.faults.push({ path: fault.index === undefined ? path : `${path}[${fault.index}]`, message: `${shown} ${fault.message} (from ${source})` });
    }
  } else if (!report.overridden.has(path)) {
    slot.section.instance[slot.declaration.property] = parsed.value;
    report.sources.set(path, source);
  }
}

/** Adds the entries that variables name in maps which take any name. */
function growMaps(root: SectionNode, env: NodeJS.ProcessEnv, prefix: string): void {
  for (const map of mapsOf(root)) {
    if (map.declaration.keys) continue;
    const start = `${environmentName(prefix, map.segments)}_`;
    // The longest suffix first: `A_RETRY_TIMEOUT_MS` is the retry of `a` before it is the timeout of `a-retry`.
    const suffixes = [...sectionsOf(buildSection(map.declaration.type(), ''))]
      .flatMap((section) => [...section.slots.values()])
      .flatMap((slot) => (slot.declaration.options.secret ? [slot.env, `${slot.env}_FILE`] : [slot.env]))
      .sort((a, b) => b.length - a.length);
    const taken = [...map.entries.keys()].map((key) => `${start}${upperSnake(key)}_`);
    for (const name of Object.keys(env)) {
      if (!name.startsWith(start) || taken.some((entry) => name.startsWith(entry) && suffixes.includes(name.slice(entry.length - 1)))) continue;
      const suffix = suffixes.find((candidate) => name.endsWith(candidate) && name.length > start.length + candidate.length);
      if (suffix !== undefined) addEntry(map, name.slice(start.length, -suffix.length).toLowerCase().replaceAll('_', '-'), prefix);
    }
  }
}

/** @throws TypeError when two settings claim one variable: a mistake in the declaration */
function slotsByVariable(root: SectionNode): Map<string, Slot> {
  const slots = new Map<string, Slot>();
  for (const section of sectionsOf(root)) {
    for (const slot of section.slots.values()) {
      const other = slots.get(slot.env);
      if (other) throw new TypeError(`${other.path} and ${slot.path} are both set by ${slot.env}`);
      slots.set(slot.env, slot);
    }
  }
  return slots;
}

function nearestSetting(name: string, slots: ReadonlyMap<string, Slot>, prefix: string): string | undefined {
  // Settings with a name of their own are also looked for where their path would have put them.
  const byName = new Map([...slots.values()].flatMap((slot) => [[slot.env, slot.env], [environmentName(prefix, slot.path.split('.')), slot.env]] as const));
  const nearest = nearestName(name, byName.keys());
  return nearest === undefined ? undefined : byName.get(nearest);
}

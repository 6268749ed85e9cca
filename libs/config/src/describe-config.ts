import { assertDefaults } from './assert-defaults.js';
import type { ConfigClass } from './config-class.js';
import { buildSection, type SectionNode, type Slot } from './config-tree.js';
import { isRecord } from './copy-value.js';
import { constraintsOf, constraintText, isOptional } from './constraints.js';
import type { SettingType } from './setting.decorator.js';

/** What documentation says about one setting. */
export interface SettingDescription {
  /** As `services.<name>.timeoutMs`. */
  readonly path: string;
  /** Environment variable, as `PORTICO_SERVICES_<NAME>_TIMEOUT_MS`. */
  readonly env: string;
  readonly type: SettingType;
  readonly unit: string | undefined;
  /** As it would be written into the variable; undefined when there is none or it is a secret. */
  readonly default: string | undefined;
  readonly required: boolean;
  readonly secret: boolean;
  readonly description: string;
  /** As `at least 1`, `one of info, warn`. */
  readonly constraints: readonly string[];
}

/** What documentation says about a nested section. */
export interface SectionDescription {
  readonly path: string;
  readonly description: string;
}

/**
 * Every setting of a configuration class, in the order of declaration.
 * @throws TypeError naming every default that its own constraints refuse
 */
export function describeConfig(type: ConfigClass, prefix = 'PORTICO'): SettingDescription[] {
  return rows(type, prefix).filter((row): row is SettingDescription => 'env' in row);
}

/**
 * Settings and, before the first of each, the sections they stand in.
 * @throws TypeError naming every default that its own constraints refuse
 */
export function rows(type: ConfigClass, prefix: string): (SettingDescription | SectionDescription)[] {
  const root = buildSection(type, prefix);
  assertDefaults(root);
  return rowsOf(root, prefix);
}

function rowsOf(node: SectionNode, prefix: string): (SettingDescription | SectionDescription)[] {
  const settings = [...node.slots.values()].map(describeSlot);
  const sections = [...node.children.values()].flatMap((child) => {
    const description = child.declaration?.description ?? '';
    if (child.kind === 'section') return [{ path: child.segments.join('.'), description }, ...rowsOf(child, prefix)];
    const names = child.declaration.keys;
    const inner = [...child.segments, '<name>'];
    const suffix = names ? ` Names: ${names.join(', ')}.` : '';
    return [{ path: inner.join('.'), description: description + suffix }, ...rowsOf(buildSection(child.declaration.type(), prefix, inner), prefix)];
  });
  return [...settings, ...sections];
}

/** As a variable would have it; a map, which none can, as JSON. */
const defaultText = (value: unknown): string => (Array.isArray(value) ? value.join(',') : isRecord(value) ? JSON.stringify(value) : String(value));

function describeSlot(slot: Slot): SettingDescription {
  const { property, options } = slot.declaration;
  const value = slot.section.instance[property];
  const secret = options.secret === true;
  return {
    path: slot.path,
    env: slot.env,
    type: slot.type,
    unit: options.unit,
    default: secret || value === undefined || value === null ? undefined : defaultText(value),
    required: (value === undefined || value === null) && !isOptional(slot.section.type, property),
    secret,
    description: options.description,
    constraints: constraintsOf(slot.section.type, property).flatMap((constraint) => constraintText(constraint) ?? []),
  };
}

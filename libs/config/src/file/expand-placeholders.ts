/** What has become of a text with placeholders. */
export interface Expansion {
  readonly text: string;
  /** The variable, when the text was nothing but its placeholder. */
  readonly whole: string | undefined;
  readonly faults: readonly string[];
}

const part = /\$\$\{|\$\{(?:([A-Za-z_][A-Za-z0-9_]*)(:-[^{}]*)?\})?/g;

/**
 * Replaces `${NAME}` by the variable, `${NAME:-default}` by the default where the variable is not set or is empty, and `$${` by `${`.
 * A variable that is not set and has no default is a fault, and so is `${` that begins no placeholder. Defaults hold no braces.
 */
export function expandPlaceholders(source: string, env: NodeJS.ProcessEnv): Expansion {
  const faults: string[] = [];
  let whole: string | undefined;
  const text = source.replace(part, (match: string, name: string | undefined, fallback: string | undefined) => {
    if (match === '$${') return '${';
    if (name === undefined) {
      faults.push('has ${ that begins no placeholder; write ${NAME}, ${NAME:-default}, or $${ for the characters themselves');
      return '';
    }
    if (match.length === source.length) whole = name;
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (fallback !== undefined) return value === undefined || value === '' ? fallback.slice(2) : value;
    if (value === undefined) faults.push(`needs the environment variable ${name}, which is not set`);
    return value ?? '';
  });
  return { text, whole, faults };
}

/** Pattern of a text that is nothing but a placeholder. */
export const wholePlaceholder = '^\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^{}]*)?\\}$';

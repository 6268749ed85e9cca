const marker = Symbol.for('portico.launch-error');

/** A failure that its message explains completely: it is printed without a stack. */
export class LaunchError extends Error {
  /** @param {string} message whole sentences for whoever sits at the terminal */
  constructor(message) {
    super(message);
    this.name = 'LaunchError';
    this[marker] = true;
  }
}

/**
 * Whether `value` explains itself.
 * @param {unknown} value
 * @returns {value is LaunchError}
 */
export function isLaunchError(value) {
  return typeof value === 'object' && value !== null && marker in value;
}

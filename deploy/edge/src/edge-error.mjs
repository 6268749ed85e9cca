/** A failure that its message explains completely: it is printed without a stack. */
export class EdgeError extends Error {
  /** @param {string} message whole sentences for whoever runs the edge */
  constructor(message) {
    super(message);
    this.name = 'EdgeError';
  }
}

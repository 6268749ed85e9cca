/** The errors that a source reported, for a test to wait for. */
export class Reported {
  readonly messages: string[] = [];
  readonly #waiting: ((message: string) => void)[] = [];

  readonly add = (error: Error): void => {
    this.messages.push(error.message);
    for (const look of [...this.#waiting]) look(error.message);
  };

  /** Resolves with the next report that begins so. */
  next(beginning: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push((message) => {
        if (message.startsWith(beginning)) resolve();
      });
    });
  }
}

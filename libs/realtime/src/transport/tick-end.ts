/**
 * Work that is put off to the end of the current tick of the event loop, with one immediate for all of it. Unlike `process.nextTick` it lets promises settle first,
 * so that what the calls of one chunk send leaves together.
 */
export class TickEnd {
  #tasks: (() => void)[] = [];

  add(task: () => void): void {
    if (this.#tasks.push(task) === 1) setImmediate(this.#run);
  }

  readonly #run = (): void => {
    const tasks = this.#tasks;
    this.#tasks = [];
    for (const task of tasks) task();
  };
}

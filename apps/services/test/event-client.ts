/** An event as it came: the lines of its block by name; `data` is parsed. */
export interface ReceivedEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data: unknown;
}

/** Somebody who listens to server-sent events, block by block. */
export class EventClient {
  readonly response: Response;
  readonly #blocks: AsyncGenerator<string>;
  readonly #leave: AbortController;

  private constructor(response: Response, leave: AbortController) {
    this.response = response;
    this.#leave = leave;
    this.#blocks = blocksOf(response);
  }

  /** Resolves when the head of the answer has come. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<EventClient> {
    const leave = new AbortController();
    return new EventClient(await fetch(url, { headers, signal: leave.signal }), leave);
  }

  /** The next block, comments included; undefined when the stream has ended. Throws when it was cut off. */
  async block(): Promise<string | undefined> {
    return (await this.#blocks.next()).value;
  }

  /** The next event; comments are passed over. */
  async next(): Promise<ReceivedEvent> {
    for (;;) {
      const block = await this.block();
      if (block === undefined) throw new Error('the stream has ended');
      if (block.startsWith(':')) continue;
      const fields = Object.fromEntries(block.split('\n').map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]));
      return { ...fields, data: JSON.parse(fields.data ?? '') };
    }
  }

  /** The next `count` events. */
  async take(count: number): Promise<ReceivedEvent[]> {
    const taken: ReceivedEvent[] = [];
    while (taken.length < count) taken.push(await this.next());
    return taken;
  }

  /** Ends the connection. */
  leave(): void {
    this.#leave.abort();
  }
}

async function* blocksOf(response: Response): AsyncGenerator<string> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (text + chunk).split('\n\n');
    text = parts.pop() ?? '';
    yield* parts;
  }
}

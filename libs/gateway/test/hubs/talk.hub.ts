import { Public, Scopes } from '@portico/auth';
import { Call, Hub, HubMethod, HubStream, StreamParam, type HubConnection } from '@portico/realtime';
import { defineViewModel, type ViewOf } from '@portico/view-model';
import { Length } from 'class-validator';
import Type from 'typebox';
import { HubRequest, View } from '../../src/index.js';

export const LineView = defineViewModel('Line', Type.Object({ text: Type.String() }));

type Line = ViewOf<typeof LineView>;

class LineInput {
  @Length(1, 20)
  text!: string;
}

/** A hub with one of everything. */
@Hub('talk')
@Public()
export class TalkHub {
  readonly seen: string[] = [];

  connected({ caller }: HubConnection): void {
    this.seen.push(`+${caller.id}`);
  }

  disconnected({ caller }: HubConnection): void {
    this.seen.push(`-${caller.id}`);
  }

  @HubMethod()
  @View(LineView)
  say({ text }: LineInput): Line {
    const line = { text: text.toUpperCase(), secret: 'not for clients' };
    return line;
  }

  @HubMethod()
  @View(LineView)
  who(@Call() { context }: HubRequest): Line {
    return { text: `${context.caller.id} ${context.address}` };
  }

  @HubMethod()
  @Scopes('talk.join')
  join(@Call() { connection }: HubRequest): void {
    connection.join('members');
  }

  @HubMethod()
  raw(): object {
    return { secret: 'no view model' };
  }

  @HubStream()
  @View(LineView)
  async *count(to: number): AsyncGenerator<Line> {
    for (let at = 1; at <= to; at++) {
      const line = { text: String(at), secret: 'not for clients' };
      yield line;
    }
  }

  @HubMethod()
  @View(LineView)
  async collect(@StreamParam() lines: AsyncIterable<string>, end: string): Promise<Line> {
    let text = '';
    for await (const line of lines) text += line;
    return { text: text + end };
  }
}

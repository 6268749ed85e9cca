import { fork, type ChildProcess } from 'node:child_process';
import { provision, testbed, type Provision } from './provision.js';

/** A real server of the testbed, in a process of its own. */
export interface RealServer {
  readonly origin: string;
  /** Ends it as a crash would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again after a kill, at the same address and with the data it had written; resolves when it answers. */
  restart(): Promise<void>;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** What a suite needs to know of a real server before it starts it. */
export interface RealServerPlan extends Provision {
  /** @throws Error when it is missing or does not come up */
  start(): Promise<RealServer>;
}

/** Plans for a real server that `tools/testbed` provides. */
export function realServer(name: 'consul' | 'eureka' | 'redis' | 'otlp'): RealServerPlan {
  const { absent, title, demand } = provision('has', name);
  return {
    absent,
    title,
    start: async () => {
      demand();
      const child = fork(testbed, ['run', name], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
      const { origin = '' } = await reply(child);
      return {
        origin,
        kill: async () => void (await reply(child, 'kill')),
        restart: async () => void (await reply(child, 'start')),
        close: () =>
          new Promise((resolve) => {
            child.once('exit', () => resolve());
            child.disconnect();
          }),
      };
    },
  };
}

interface Reply {
  readonly origin?: string;
  readonly error?: string;
}

function reply(child: ChildProcess, message?: 'kill' | 'start'): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`The testbed ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (answer: Reply) => {
      child.off('exit', ended);
      if (answer.error === undefined) resolve(answer);
      else reject(new Error(answer.error));
    });
    if (message !== undefined) child.send(message);
  });
}

/**
 * One call to a child process: a named job with one argument, and its reply.
 * @typedef {{ id: number, job: string, argument: unknown }} Call
 * @typedef {{ id: number, value?: unknown, error?: string }} Reply
 */

/**
 * Child side: answers the jobs that the parent sends, and ends with the parent.
 * @param {Record<string, (argument: any) => unknown>} jobs
 */
export function answerJobs(jobs) {
  process.on('message', async (/** @type {Call} */ { id, job, argument }) => {
    /** @type {Reply} */
    let reply;
    try {
      reply = { id, value: await jobs[job]?.(argument) };
    } catch (error) {
      reply = { id, error: error instanceof Error ? error.message : String(error) };
    }
    process.send?.(reply);
  });
  process.on('disconnect', () => process.exit());
}

/**
 * Parent side: calls a job of a child started with an `ipc` channel.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {(job: string, argument?: unknown) => Promise<any>} rejects when the job throws or the child ends
 */
export function callJobs(child) {
  let last = 0;
  return (job, argument) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      const gone = () => reject(new Error(`the process for "${job}" has ended`));
      const answered = (/** @type {Reply} */ reply) => {
        if (reply.id !== id) return;
        child.off('message', /** @type {any} */ (answered)).off('exit', gone);
        if (reply.error === undefined) resolve(reply.value);
        else reject(new Error(reply.error));
      };
      child.on('message', /** @type {any} */ (answered)).once('exit', gone);
      child.send({ id, job, argument });
    });
}

/**
 * Keeps a number of requests under way until enough were asked, and resolves when the last answer is in.
 *
 * Closed, and not open at a fixed rate: the figure is CPU time per request, not latency. A full core reads many answers per
 * turn of its event loop, as a busy gateway does, and spends the window working: /proc counts in ticks of 10 ms, which is
 * 0.3 % of a busy 3 s window but 4 % of what a slow fixed rate leaves in it. A rate that all systems can hold would be
 * set by the slowest one, and measure mostly how the others wake up.
 *
 * @param {number} width requests under way at the same time
 * @param {() => boolean} more asked before each request
 * @param {(index: number) => Promise<void>} ask
 * @returns {Promise<number>} how many were asked; rejects with the first failure
 */
export async function closedLoop(width, more, ask) {
  let asked = 0;
  const lane = async () => {
    while (more()) await ask(asked++);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return asked;
}

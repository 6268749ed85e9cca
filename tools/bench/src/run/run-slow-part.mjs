import { startGateway } from '../machine/gateway.mjs';

/** Answer times of one system while a part is slow. @typedef {{ round: number, system: string, answerMs: number[] }} SlowAnswers */

const rounds = 3;
const atOnce = 8;
const warmUpSeconds = 1;
const contestants = ['bare', 'portico-full', 'handwritten', 'portico-bare'];

/**
 * W4 with the reviews service three seconds late and a deadline of 300 ms: how long until the partial answer is there?
 * Each round takes a fresh process, warm from whole answers, and asks once, all at the same time: a circuit breaker that
 * opens after some failures would make later answers fast, and hide how well the deadline is kept.
 * @param {readonly import('../plan/systems.mjs').System[]} systems that take part
 * @param {import('./arena.mjs').Arena} arena
 * @param {(line: string) => void} say
 * @returns {Promise<SlowAnswers[]>}
 */
export async function runSlowPart(systems, arena, say) {
  /** @type {SlowAnswers[]} */
  const answers = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const system of systems.filter(({ name }) => contestants.includes(name))) {
      answers.push({ round, system: system.name, answerMs: await slowAnswers(system, arena) });
    }
  }
  say(`W4 slow part: ${answers.map(({ system, answerMs }) => `${system} ${Math.max(...answerMs).toFixed(0)} ms`).join('  ')}`);
  return answers;
}

/**
 * @param {import('../plan/systems.mjs').System} system
 * @param {import('./arena.mjs').Arena} arena
 * @returns {Promise<number[]>}
 */
async function slowAnswers(system, { surroundings, generator, setReviewsFault, takeIds }) {
  const gateway = await startGateway(system, surroundings);
  const target = { origin: gateway.origin, token: gateway.token, connections: atOnce };
  try {
    await generator.call('warmUp', { ...target, workload: 'W4_WHOLE', first: takeIds(100_000), seconds: warmUpSeconds });
    await setReviewsFault('slow');
    return await generator.call('time', { ...target, workload: 'W4', first: takeIds(atOnce) });
  } finally {
    await setReviewsFault('none');
    await gateway.stop();
  }
}

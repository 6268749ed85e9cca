import { bouts, worst } from '../plan/bouts.mjs';
import { pairRatios, spread } from '../statistics.mjs';
import { pushFigures, pushRatios } from './push-result.mjs';

/** @typedef {import('../statistics.mjs').Spread} Spread */
/** @typedef {import('../run/run-all.mjs').Measured} Measured */

/**
 * What comes out of a run.
 * @typedef {object} Result
 * @property {Record<string, number>} ratios medians of pairwise ratios
 * @property {Record<string, number>} figures medians
 * @property {Record<string, Spread>} ranges of the ratios and figures, by the same keys
 * @property {import('../machine/describe-machine.mjs').Machine} machine
 * @property {{ pairs: number, seconds: number, quick: boolean }} settings
 * @property {string[]} skipped systems that are not built or not installed
 * @property {object[]} runs every window, start, timed answer and push server
 */

/**
 * @param {Measured} measured
 * @param {import('../machine/describe-machine.mjs').Machine} machine
 * @param {import('../options.mjs').BenchOptions} options
 * @returns {Result}
 */
export function resultOf(measured, machine, { pairs, seconds, quick }) {
  const byPair = cpuRatios(measured);
  const ratios = { ...byPair, ...worstRatios(byPair), ...startRatio(measured), ...pushRatios(measured.pushes) };
  const figures = { ...cpuFigures(measured), ...startFigures(measured), ...slowFigures(measured), ...soakFigures(measured), ...pushFigures(measured.pushes) };
  return {
    ratios: medians(ratios),
    figures: medians(figures),
    ranges: { ...ratios, ...figures },
    machine,
    settings: { pairs, seconds, quick },
    skipped: measured.skipped,
    runs: [...measured.runs, ...measured.slowAnswers, ...measured.starts, ...measured.soaks, ...measured.pushes],
  };
}

/** @param {Record<string, Spread>} spreads */
const medians = (spreads) => Object.fromEntries(Object.entries(spreads).map(([key, value]) => [key, value.median]));

/** @param {Measured} measured @returns {Record<string, Spread>} */
function cpuRatios({ runs }) {
  const found = bouts.flatMap((bout) =>
    Object.entries(bout.ratios).flatMap(([key, [top, bottom]]) => {
      const [tops, bottoms] = [top, bottom].map((lane) => cpuOf(runs, bout.name, lane));
      return tops?.length && bottoms?.length ? [[key, spread(pairRatios(tops, bottoms))]] : [];
    }),
  );
  return Object.fromEntries(found);
}

/** Of several workloads the one that does worst; none where one of them was not measured. @param {Record<string, Spread>} pairs @returns {Record<string, Spread>} */
const worstRatios = (pairs) =>
  Object.fromEntries(
    Object.entries(worst).flatMap(([key, parts]) => {
      const found = parts.flatMap((part) => pairs[part] ?? []);
      return found.length === parts.length ? [[key, found.reduce((worse, one) => (one.median > worse.median ? one : worse))]] : [];
    }),
  );

/** CPU µs per request of each lane, keyed like `w1_cpu_us_portico_full`. @param {Measured} measured @returns {Record<string, Spread>} */
function cpuFigures({ runs }) {
  const keys = new Map(runs.map(({ bout, lane }) => [`${bout}|${lane}`, { bout, lane }]));
  return Object.fromEntries(
    [...keys.values()].map(({ bout, lane }) => {
      const [system = '', workload = ''] = lane.split('@');
      const prefix = workload === bout ? bout : `${bout}_${workload}`;
      return [`${prefix.toLowerCase()}_cpu_us_${snake(system)}`, spread(cpuOf(runs, bout, lane))];
    }),
  );
}

/** @param {Measured} measured @returns {Record<string, Spread>} */
function startRatio({ starts, platform }) {
  const [bff, nest] = [platform, 'bare-nest'].map((name) => starts.filter(({ system }) => system === name).map(({ startSeconds }) => startSeconds));
  return bff?.length && nest?.length ? { cold_start_vs_bare_nest: spread(pairRatios(bff, nest)) } : {};
}

/** @param {Measured} measured @returns {Record<string, Spread>} */
function startFigures({ starts, platform }) {
  return Object.fromEntries(
    [...new Set(starts.map(({ system }) => system))].flatMap((name) => {
      const own = starts.filter(({ system }) => system === name);
      const suffix = name === platform ? '' : `_${snake(name)}`;
      return [
        [`cold_start_s${suffix}`, spread(own.map(({ startSeconds }) => startSeconds))],
        [`rss_mb${suffix}`, spread(own.map(({ rssMb }) => rssMb))],
      ];
    }),
  );
}

/** The slowest answer of each round counts. @param {Measured} measured @returns {Record<string, Spread>} */
function slowFigures({ slowAnswers }) {
  return Object.fromEntries(
    [...new Set(slowAnswers.map(({ system }) => system))].map((name) => {
      const worst = slowAnswers.filter(({ system }) => system === name).map(({ answerMs }) => Math.max(...answerMs));
      return [name === 'portico-full' ? 'w4_answer_ms' : `w4_answer_ms_${snake(name)}`, spread(worst)];
    }),
  );
}

/** @param {Measured} measured @returns {Record<string, Spread>} */
function soakFigures({ soaks }) {
  if (soaks.length === 0) return {};
  const of = (/** @type {(soak: Measured['soaks'][number]) => number} */ read) => spread(soaks.map(read));
  return {
    soak_slope_kb_per_s: of(({ slopeKbPerSecond }) => slopeKbPerSecond),
    soak_idle_slope_kb_per_s: of(({ idleSlopeKbPerSecond }) => idleSlopeKbPerSecond),
    soak_sockets_before: of(({ socketsBefore }) => socketsBefore),
    soak_sockets_after: of(({ socketsAfter }) => socketsAfter),
    soak_rate_per_s: of(({ perSecond }) => perSecond),
  };
}

/**
 * @param {Measured['runs']} runs
 * @param {string} boutName
 * @param {string} laneOf
 */
const cpuOf = (runs, boutName, laneOf) => runs.filter(({ bout, lane }) => bout === boutName && lane === laneOf).map(({ cpuMicros }) => cpuMicros);

/** @param {string} name */
const snake = (name) => name.replaceAll('-', '_');


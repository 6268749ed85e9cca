/** Longest delay in ms that Node's timers can keep; a longer one would fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

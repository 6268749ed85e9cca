/** How two sides of a timing differ. */
export interface Comparison {
  /** Difference of the medians, as a part of their mean. */
  readonly medians: number;
  /** Welch's t, without its sign: how far the means are apart, in standard errors. */
  readonly t: number;
}

/** Compares samples of two sides, in whatever unit. */
export function compareSamples(one: readonly number[], other: readonly number[]): Comparison {
  const [medianOne, medianOther] = [medianOf(one), medianOf(other)];
  const [a, b] = [momentsOf(one), momentsOf(other)];
  return {
    medians: (2 * Math.abs(medianOne - medianOther)) / (medianOne + medianOther),
    t: Math.abs(a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length),
  };
}

function medianOf(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}

function momentsOf(samples: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return { mean, variance: samples.reduce((sum, sample) => sum + (sample - mean) ** 2, 0) / (samples.length - 1) };
}

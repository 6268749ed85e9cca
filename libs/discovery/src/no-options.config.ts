/** The options of a balancer that has none. */
export class NoOptions {}

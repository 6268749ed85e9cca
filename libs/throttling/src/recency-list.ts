/** A member of a `RecencyList`; the list owns both links. */
export interface Linked<T> {
  before: T | undefined;
  after: T | undefined;
}

/** Keeps members in the order in which they were appended; every operation takes constant time and allocates nothing. */
export class RecencyList<T extends Linked<T>> {
  #first: T | undefined;
  #last: T | undefined;
  #size = 0;

  get first(): T | undefined {
    return this.#first;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds a member that is in no list. */
  append(member: T): void {
    member.before = this.#last;
    member.after = undefined;
    if (this.#last) this.#last.after = member;
    else this.#first = member;
    this.#last = member;
    this.#size++;
  }

  /** Takes out a member of this list. */
  remove(member: T): void {
    if (member.before) member.before.after = member.after;
    else this.#first = member.after;
    if (member.after) member.after.before = member.before;
    else this.#last = member.before;
    member.before = undefined;
    member.after = undefined;
    this.#size--;
  }
}

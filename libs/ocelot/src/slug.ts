/** A name for logs and metrics: lower case, words joined by hyphens, `fallback` where nothing is left. */
export function slug(text: string, fallback: string): string {
  return text.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase().replace(/[^a-z\d]+/g, '-').replace(/^-|-$/g, '') || fallback;
}

/** The policy that stands for a delegating handler: `AddTenantHandler` is called `add-tenant-handler`. */
export function policyName(handler: string): string {
  const name = slug(handler, 'handler');
  return /^[a-z]/.test(name) ? name : `handler-${name}`;
}

/** Gives each name out once: a repeated one gets a number. */
export class UniqueNames {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}-${count}`;
    this.#taken.add(name);
    return name;
  }
}

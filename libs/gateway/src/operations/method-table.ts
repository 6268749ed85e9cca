interface Row {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Which methods each path template takes: asked only when a request found no endpoint. */
export class MethodTable {
  readonly #rows = new Map<string, Row>();

  add(method: string, template: string): void {
    const row = this.#rows.get(template) ?? { pattern: patternOf(template), methods: new Set() };
    row.methods.add(method);
    this.#rows.set(template, row);
  }

  /** Template of the endpoint that takes a method under the path of `url`; undefined when none does. For tools: requests are Fastify's to route. */
  template(method: string, url: string): string | undefined {
    const path = url.split('?', 1)[0] as string;
    for (const [template, row] of this.#rows) if (row.methods.has(method) && row.pattern.test(path)) return template;
    return undefined;
  }

  /** Methods that an endpoint with the path of `url` takes, sorted; none when there is no such endpoint. */
  allowed(url: string): string[] {
    const path = url.split('?', 1)[0] as string;
    const methods = [...this.#rows.values()].filter((row) => row.pattern.test(path)).flatMap((row) => [...row.methods]);
    return [...new Set(methods)].sort();
  }
}

function patternOf(template: string): RegExp {
  const source = template
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('/');
  return new RegExp(`^${source}$`);
}

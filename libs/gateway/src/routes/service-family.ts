import { waitFor, type ForwardCall, type ForwardFacts, type ForwardedAnswer, type ServiceForwarder, type ServiceRuntime } from '@portico/backend-client';
import { PorticoError, type Clock } from '@portico/core';
import type { ResilienceSettings } from '@portico/resilience';

/** Opens the service that a registry knows under a name. */
export type OpenMember = (name: string, onError: (error: Error) => void) => Promise<ServiceRuntime>;

interface Member {
  readonly runtime: ServiceRuntime;
  /** The forwarder of each route, whose stack of strategies is its own. */
  readonly forwarders: WeakMap<MemberForwarder, ServiceForwarder>;
}

/** Services that are open at a time; beyond that, the one not used for longest ends after its calls. */
const mostMembers = 256;
/** Names that the registry is asked for at a time: clients choose them. */
const mostOpening = 32;
const memberName = /^[A-Za-z0-9](?:[\w.-]{0,126}[A-Za-z0-9])?$/;

/** All the services of a registry, reached in the same way: each is opened by the first request that names it. */
export class ServiceFamily {
  readonly clock: Clock;
  readonly #open: OpenMember;
  readonly #members = new Map<string, Member>();
  readonly #opening = new Map<string, Promise<Member>>();
  #closed = false;

  constructor(open: OpenMember, clock: Clock) {
    this.clock = clock;
    this.#open = open;
  }

  /** @param template name of the service in the registry, with placeholders of the match */
  forwarder(settings: ResilienceSettings | undefined, template: string): Pick<ServiceForwarder, 'send'> {
    return new MemberForwarder(this, settings, template);
  }

  /**
   * The service of a name.
   * @throws PorticoError ROUTE_NOT_FOUND for a name that the registry does not know; SERVICE_UNAVAILABLE when the registry does not answer
   */
  member(name: string): Member | Promise<Member> {
    const known = this.#members.get(name);
    if (!known) return this.#opening.get(name) ?? this.#opened(name);
    // Behind the others, so that the first is the one not used for longest.
    this.#members.delete(name);
    this.#members.set(name, known);
    return known;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#members.values()].map(({ runtime }) => runtime.close()));
  }

  async retire(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#members.values()].map(({ runtime }) => runtime.retire()));
  }

  #opened(name: string): Promise<Member> {
    if (!memberName.test(name)) throw new PorticoError('ROUTE_NOT_FOUND');
    if (this.#closed || this.#opening.size >= mostOpening) throw unavailable();
    const opening = this.#begin(name).finally(() => this.#opening.delete(name));
    this.#opening.set(name, opening);
    return opening;
  }

  async #begin(name: string): Promise<Member> {
    let failure: Error | undefined;
    const runtime = await this.#open(name, (error) => (failure = error));
    if (runtime.instances().length === 0 || this.#closed) {
      await runtime.close();
      throw failure || this.#closed ? unavailable(failure) : new PorticoError('ROUTE_NOT_FOUND');
    }
    const member: Member = { runtime, forwarders: new WeakMap() };
    this.#members.set(name, member);
    if (this.#members.size > mostMembers) this.#retireOldest();
    return member;
  }

  #retireOldest(): void {
    for (const [name, { runtime }] of this.#members) {
      this.#members.delete(name);
      return void runtime.retire();
    }
  }
}

class MemberForwarder implements Pick<ServiceForwarder, 'send'> {
  readonly #family: ServiceFamily;
  readonly #settings: ResilienceSettings | undefined;
  readonly #template: string;

  constructor(family: ServiceFamily, settings: ResilienceSettings | undefined, template: string) {
    this.#family = family;
    this.#settings = settings;
    this.#template = template;
  }

  async send(call: ForwardCall, facts: ForwardFacts): Promise<ForwardedAnswer> {
    const values = call.context.forward?.values ?? {};
    const name = this.#template.replace(/\{([^{}]+)\}/g, (_, placeholder: string) => values[placeholder] ?? '');
    const member = this.#family.member(name);
    const { runtime, forwarders } = member instanceof Promise ? await waitFor(member, facts, this.#family.clock) : member;
    let forwarder = forwarders.get(this);
    if (!forwarder) forwarders.set(this, (forwarder = runtime.forwarder(this.#settings)));
    return forwarder.send(call, facts);
  }
}

function unavailable(cause?: Error): PorticoError {
  return new PorticoError('SERVICE_UNAVAILABLE', { headers: { 'retry-after': '1' }, cause });
}

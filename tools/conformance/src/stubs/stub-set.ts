import { fillIn, type Places } from '../vectors/fill-in.js';
import type { Vector } from '../vectors/vector.js';
import { startBackEnd, type BackEnd } from './back-end.js';
import { CallLog } from './call-log.js';
import { registryNames, startRegistry, type RegistrySpec } from './registry.js';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.js';

/** Everything around the gateway that a case needs: back ends, registry, issuer, and what they saw. */
export class StubSet implements Places {
  readonly log = new CallLog();
  readonly #vector: Vector;
  readonly #ports = new Map<string, number>();
  readonly #open: BackEnd[] = [];
  readonly #tokens = new Map<string, string>();
  issuer: TokenIssuer | undefined = undefined;

  private constructor(vector: Vector) {
    this.#vector = vector;
  }

  static async start(vector: Vector): Promise<StubSet> {
    const stubs = new StubSet(vector);
    try {
      await stubs.#start();
    } catch (error) {
      await stubs.close();
      throw error;
    }
    return stubs;
  }

  portOf(stub: string): number | undefined {
    return this.#ports.get(stub);
  }

  token(name: string): string | undefined {
    return this.#tokens.get(name);
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((stub) => stub.close()));
  }

  async #start(): Promise<void> {
    const { backends, setup } = this.#vector;
    for (const spec of backends) {
      // The headers of an answer may name stubs that start later.
      this.#keep(`backend:${spec.name}`, await startBackEnd(spec, this.log, () => fillIn(spec.headers ?? {}, this)));
    }
    const { registry, auth } = setup ?? {};
    if (registry) this.#keep(`registry:${registryNames[registry.kind]}`, await startRegistry(registry.kind, () => fillIn<RegistrySpec>(registry, this), this.log));
    if (!auth) return;
    const issuer = await startTokenIssuer();
    this.#open.push(issuer);
    this.issuer = issuer;
    for (const [name, { issuer: iss, audience, claims }] of Object.entries(auth.tokens ?? {})) this.#tokens.set(name, issuer.token(iss, audience, claims));
  }

  #keep(name: string, stub: BackEnd): void {
    this.#ports.set(name, stub.port);
    this.#open.push(stub);
  }
}

/** A service as Consul's agent is told of it. */
export interface RegisteredService {
  /** Of this instance, and of no other. */
  readonly id: string;
  readonly name: string;
  /** Host name or IP address under which others reach it. */
  readonly address: string;
  readonly port: number;
}

/** How long the agent may take for an answer, in ms. */
export const agentTimeoutMs = 1_000;

/** A critical instance is forgotten after this; Consul takes no shorter time. */
const forgottenAfter = '1m';

/** The HTTP API of a Consul agent, as far as a service makes itself known by it. */
export class ConsulAgent {
  readonly #url: string;

  /** @param url origin of the agent, and what its path begins with */
  constructor(url: string) {
    this.#url = `${url.replace(/\/+$/, '')}/v1/agent`;
  }

  /**
   * Makes a service known, which the agent then asks for its health every 2 s; known already, it is described anew.
   * @throws Error when the agent does not take it
   */
  async register({ id, name, address, port }: RegisteredService): Promise<void> {
    const host = address.includes(':') ? `[${address}]` : address;
    // It does listen, so that nobody has to wait for the first check.
    const check = { HTTP: `http://${host}:${port}/health`, Interval: '2s', Timeout: '1s', Status: 'passing', DeregisterCriticalServiceAfter: forgottenAfter };
    refuse(await this.#ask('PUT', '/service/register', { ID: id, Name: name, Address: address, Port: port, Check: check }));
  }

  /**
   * Whether the agent knows an instance.
   * @throws Error when it does not say
   */
  async knows(id: string): Promise<boolean> {
    const answer = await this.#ask('GET', `/service/${encodeURIComponent(id)}`);
    return answer.status !== 404 && refuse(answer);
  }

  /**
   * Makes an instance unknown.
   * @throws Error when the agent does not do it
   */
  async deregister(id: string): Promise<void> {
    refuse(await this.#ask('PUT', `/service/deregister/${encodeURIComponent(id)}`));
  }

  async #ask(method: 'GET' | 'PUT', path: string, body?: object): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await fetch(this.#url + path, { method, signal: AbortSignal.timeout(agentTimeoutMs), ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, text: await answer.text() };
  }
}

function refuse({ status, text }: { readonly status: number; readonly text: string }): true {
  if (status !== 200) throw new Error(`Consul answered ${status}: ${text.trim().slice(0, 200)}`);
  return true;
}

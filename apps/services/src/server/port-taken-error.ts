/** Another process listens where a service should. */
export class PortTakenError extends Error {
  constructor(
    readonly service: string,
    host: string,
    readonly port: number,
  ) {
    super(`${service}: port ${port} on ${host} is taken`);
    this.name = 'PortTakenError';
  }
}

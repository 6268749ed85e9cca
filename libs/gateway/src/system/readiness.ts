/** Whether this instance should be sent requests. */
export class Readiness {
  state: 'starting' | 'ready' | 'stopping' = 'starting';
}
